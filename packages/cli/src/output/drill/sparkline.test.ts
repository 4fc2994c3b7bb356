import { describe, expect, it } from "vitest";
import { plainStyle, type Style } from "../style.ts";
import { addRate, type Bin, lastSecond, noLoad, rateOf, resample } from "./load.ts";
import { faultLane, readSparkline, writeSparkline } from "./sparkline.ts";
import { timeAxis } from "./whole-run.ts";

const quarter = 250_000;

function bins(...counts: readonly Partial<Bin>[]): Bin[] {
  return counts.map((part, index) => ({
    from: index * quarter,
    to: (index + 1) * quarter,
    acknowledged: 0,
    failed: 0,
    inDoubt: 0,
    consumed: 0,
    ...part,
  }));
}

describe("a sparkline", () => {
  it("draws the steady rate at two thirds, bursts above it", () => {
    const line = bins(
      { acknowledged: 100 },
      { acknowledged: 100 },
      { acknowledged: 100 },
      { acknowledged: 300 },
      { acknowledged: 20 },
    );
    expect(writeSparkline(line, plainStyle)).toBe("▆▆▆█▂");
  });

  it("tells silence, failure and doubt apart without colours", () => {
    const line = bins({ acknowledged: 10 }, {}, { inDoubt: 3 }, { failed: 3 }, { acknowledged: 10 });
    expect(writeSparkline(line, plainStyle)).toBe("▆·?×▆");
    expect(readSparkline(bins({ consumed: 5 }, {}, { consumed: 5 }), plainStyle)).toBe("▆·▆");
  });

  it("colours a column in which some failed", () => {
    const tagged: Style = { ...plainStyle, bad: (text) => `<${text}>`, warn: (text) => `(${text})` };
    const line = bins({ acknowledged: 9 }, { acknowledged: 9, failed: 1 }, { acknowledged: 9, inDoubt: 1 });
    expect(writeSparkline(line, tagged)).toBe("▆<▆>(▆)");
  });

  it("shows no silence once the load has ended", () => {
    expect(writeSparkline(bins({ acknowledged: 1 }, {}, {}), plainStyle, quarter)).toBe("▆  ");
  });

  it("has faults on the same columns", () => {
    const line = bins({}, {}, {}, {}, {});
    expect(faultLane(line, [{ from: 1.5 * quarter, to: 3.5 * quarter }], plainStyle)).toBe(" ↯━━ ");
    expect(faultLane(line, [{ from: 3 * quarter, to: undefined }], plainStyle)).toBe("   ↯━");
    expect(faultLane(line, [], plainStyle)).toBe("");
  });
});

describe("the load of a run", () => {
  const rate = { group: "broker-a", acknowledged: 150, failed: 0, inDoubt: 0, consumed: 150 };

  it("is told per second", () => {
    let load = noLoad;
    for (let at = 0; at < 8; at++) load = addRate(load, rate, at * quarter, (at + 1) * quarter);
    const last = lastSecond(load.recent);
    expect(last && rateOf(last, "acknowledged")).toBe(600);
    expect(lastSecond([])).toBeUndefined();
  });

  it("stays bounded however long it lasts, and loses no operation", () => {
    let load = noLoad;
    for (let at = 0; at < 10_000; at++) load = addRate(load, rate, at * quarter, (at + 1) * quarter);
    expect(load.recent).toHaveLength(240);
    expect(load.whole.length).toBeLessThanOrEqual(2000);
    expect(load.whole.reduce((sum, bin) => sum + bin.acknowledged, 0)).toBe(1_500_000);
  });

  it("is put together in bins of equal duration", () => {
    const line = bins(...Array.from({ length: 40 }, () => ({ acknowledged: 1 })));
    expect(resample(line, 10).map(({ acknowledged }) => acknowledged)).toEqual(Array(10).fill(4));
    expect(timeAxis(resample(line, 40))).toBe("0 s                 5 s");
  });
});
