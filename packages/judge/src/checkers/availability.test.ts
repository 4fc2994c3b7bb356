import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SendRecord } from "../history/operations.ts";
import type { StoredRecord } from "../history/record.ts";
import { judge } from "../judgement/judge.ts";
import { consume, fault, history, range, send } from "../synthetic/build.ts";

async function availability(records: readonly StoredRecord[]) {
  const { lanes, recoveries } = (await judge([records])).result;
  const lane = (group: string, verb: string) => lanes.find((one) => one.group === group && one.verb === verb);
  const recovery = (group: string, verb: string) =>
    recoveries.find((one) => one.group === group && one.verb === verb);
  return { lanes, recoveries, lane, recovery };
}

/** Sends every millisecond for `seconds`; those sent in [from, to) fail. */
function load(
  seconds: number,
  from: number,
  to: number,
  part: Partial<SendRecord> = {},
  first = 0,
): SendRecord[] {
  return range(seconds * 1000).map((step) => {
    const at = step * 1000;
    const isBad = at >= from && at < to;
    return send(first + step, {
      scheduled: at,
      ...part,
      ...(isBad ? { outcome: "failed", error: "refused" } : {}),
    });
  });
}

describe("availability of a broker group", () => {
  test("RTO runs from the fault to the first success after the outage, with its resolution", async () => {
    const found = await availability(history(fault(1_000_400, 2_500_000), load(3, 1_001_000, 1_301_000)));
    expect(found.recovery("broker-a", "send")).toMatchObject({
      rto: 1_301_500 - 1_000_400,
      neededHealing: false,
    });
    expect(found.lane("broker-a", "send")).toMatchObject({ resolution: 1000, failed: 300, outsideFaults: 0 });
    expect(found.lane("broker-a", "send")?.outages).toMatchObject([
      { fault: "f1", failed: 300, to: 1_301_500 },
    ]);
  });

  test("a hiccup before the interruption does not pass for it, and one that stays makes the RTO unknown", async () => {
    const both = (to: number) =>
      load(5, 1_050_000, 1_100_000).map(
        (one): SendRecord => (one.sent >= 1_400_000 && one.sent < to ? { ...one, outcome: "failed" } : one),
      );
    const found = await availability(history(fault(1_000_000, 4_000_000), both(2_400_000)));
    expect(found.recovery("broker-a", "send")).toMatchObject({ rto: 1_400_500 });
    const lost = await availability(history(fault(1_000_000, 4_000_000), both(9_000_000)));
    expect(lost.recovery("broker-a", "send")?.rto).toBeUndefined();
  });

  test("the longest interruption counts, also when nothing failed in it", async () => {
    const sends = load(4, 1_001_000, 1_301_000).map((one) =>
      one.sent >= 2_000_000 && one.sent < 2_800_000 ? { ...one, done: 2_800_000 + one.sequence } : one,
    );
    const found = await availability(history(fault(1_000_000, 3_500_000), sends));
    expect(found.recovery("broker-a", "send")).toMatchObject({ rto: 1_800_500, silence: 801_000 });
  });

  test("another group's success never ends an outage", async () => {
    const other = load(3, 0, 0, { group: "broker-b", broker: "broker-b-0" }, 10_000);
    const bad = load(3, 1_001_000, 1_801_000);
    const mixed = [...bad, ...other].sort((a, b) => a.done - b.done);
    const found = await availability(history(fault(1_000_000, 2_500_000), mixed));
    expect(found.recovery("broker-a", "send")?.rto).toBe(801_500);
    expect(found.recovery("broker-b", "send")?.rto).toBe(0);
  });

  test("a stall without a single error is an outage too", async () => {
    const sends = load(3, 0, 0).map((one) =>
      one.sent >= 1_000_000 && one.sent < 1_900_000 ? { ...one, done: 1_900_000 + one.sequence } : one,
    );
    const found = await availability(history(fault(1_000_000, 2_500_000), sends));
    expect(found.recovery("broker-a", "send")?.rto).toBe(900_500);
  });

  test("without failures there is no outage and the RTO is 0", async () => {
    const found = await availability(history(fault(1_000_000, 2_000_000), load(3, 0, 0)));
    expect(found.recovery("broker-a", "send")).toMatchObject({ rto: 0, downtime: 0 });
  });

  test("what never comes back has a lower bound instead of an RTO", async () => {
    const found = await availability(history(fault(1_000_000, 2_000_000), load(3, 1_000_000, 9_000_000)));
    const recovery = found.recovery("broker-a", "send");
    expect(recovery?.rto).toBeUndefined();
    expect(recovery?.atLeast).toBe(2_999_500 - 1_000_000);
  });

  test("an outage that ends only after healing has begun says so", async () => {
    const found = await availability(history(fault(1_000_000, 1_500_000), load(3, 1_000_000, 2_000_000)));
    expect(found.recovery("broker-a", "send")).toMatchObject({ neededHealing: true });
  });

  test("an outage that begins with the healing is downtime, not RTO", async () => {
    const found = await availability(history(fault(1_000_000, 1_500_000), load(3, 1_600_000, 1_900_000)));
    expect(found.recovery("broker-a", "send")).toMatchObject({ rto: 0 });
    expect(found.recovery("broker-a", "send")?.downtime).toBeGreaterThan(290_000);
  });

  test("failures before any fault are outside; so are those long after healing", async () => {
    const early = await availability(history(fault(1_000_000, 1_200_000), load(3, 200_000, 210_000)));
    expect(early.lane("broker-a", "send")?.outsideFaults).toBe(10);
    const late = await availability(history(fault(1_000_000, 1_200_000), load(13, 12_000_000, 12_010_000)));
    expect(late.lane("broker-a", "send")?.outsideFaults).toBe(10);
  });

  test("an outage that a fault began is the fault's to its end, long after healing too", async () => {
    const slow = await availability(history(fault(1_000_000, 1_200_000), load(20, 1_050_000, 16_000_000)));
    expect(slow.lane("broker-a", "send")?.outsideFaults).toBe(0);
  });

  test("two faults have their own recoveries", async () => {
    const sends = load(5, 1_000_000, 1_300_000).map(
      (one): SendRecord =>
        one.sent >= 3_000_000 && one.sent < 3_700_000 ? { ...one, outcome: "in-doubt" } : one,
    );
    const faults = [...fault(1_000_000, 1_900_000), ...fault(3_000_000, 3_900_000, { id: "f2" })];
    const { recoveries } = await availability(history(faults, sends));
    const writes = recoveries.filter((one) => one.verb === "send").map(({ fault, rto }) => [fault, rto]);
    expect(writes).toEqual([
      ["f1", 300_500],
      ["f2", 700_500],
    ]);
  });

  test("records that were written a little out of order find the same outage", async () => {
    const straight = load(3, 1_001_000, 1_301_000);
    const crooked = straight.toSorted(
      (a, b) => a.done - b.done + (((a.sequence * 7919) % 97) - ((b.sequence * 7919) % 97)) * 300,
    );
    const found = await availability(history(fault(1_000_000, 2_500_000), crooked));
    expect(found.recovery("broker-a", "send")?.rto).toBe(301_500);
  });

  test("no operation at all", async () => {
    expect((await availability(history())).lanes).toEqual([]);
  });

  test("silence of a push consumer counts only while a message waits for it", async () => {
    const quiet = range(2000).map((step) =>
      send(step, { scheduled: step < 1000 ? step * 1000 : 2_000_000 + step * 1000 }),
    );
    const push = (at: number, sequence: number) => consume(at, [sequence], { client: "java" });
    const prompt = quiet.map((one) => push(one.done + 500, one.sequence));
    const nothingToRead = [...quiet, ...prompt].sort((a, b) => a.done - b.done);
    const idle = await availability(history(fault(1_000_500, 2_500_000), nothingToRead));
    expect(idle.recovery("broker-a", "consume")?.rto).toBe(0);
    const steady = range(3000).map((step) => send(step));
    const late = steady.map((one) =>
      push(one.sent < 1_000_000 || one.sent > 1_800_000 ? one.done + 500 : 1_800_500, one.sequence),
    );
    const waiting = [...steady, ...late].sort((a, b) => a.done - b.done);
    const stuck = await availability(history(fault(1_000_000, 2_500_000), waiting));
    expect(stuck.recovery("broker-a", "consume")?.rto).toBeGreaterThan(790_000);
  });
});

test("known answers: the length of any outage is found to within the resolution", async () => {
  const shape = fc.record({
    begin: fc.integer({ min: 200, max: 900 }),
    length: fc.integer({ min: 40, max: 900 }),
    spacing: fc.constantFrom(1000, 2000, 5000),
    reaction: fc.nat(15),
  });
  await fc.assert(
    fc.asyncProperty(shape, async ({ begin, length, spacing, reaction }) => {
      const ordered = begin * 1000;
      const from = ordered + reaction * 1000;
      const to = from + length * 1000;
      const sends = range(Math.ceil(2_500_000 / spacing)).map((step): SendRecord => {
        const at = step * spacing;
        return send(step, {
          scheduled: at,
          done: at + 400,
          ...(at >= from && at < to ? { outcome: "failed" } : {}),
        });
      });
      const found = await availability(history(fault(ordered, 2_400_000), sends));
      const rto = found.recovery("broker-a", "send")?.rto ?? -1;
      expect(rto).toBeGreaterThanOrEqual(to - ordered);
      expect(rto).toBeLessThanOrEqual(to - ordered + spacing + 400);
    }),
    { numRuns: 40 },
  );
});

test("what failed before the order of a fault is not its consequence", async () => {
  const sends = load(5, 1_000_000, 2_500_000);
  const inTime = await availability(history(fault(1_000_000, 4_000_000), sends));
  expect(inTime.lane("broker-a", "send")?.outsideFaults).toBe(0);
  // Told a second too late, the order would take a second off the gap.
  const late = await availability(history(fault(2_000_000, 4_000_000), sends));
  expect(late.lane("broker-a", "send")?.outsideFaults).toBe(1000);
});
