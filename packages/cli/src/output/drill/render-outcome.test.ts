import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { plainStyle, widthOf } from "../style.ts";
import { exampleResult } from "./example-result.ts";
import { renderOutcome } from "./render-outcome.ts";

const folder = resolve("hotfire-runs/x");

describe("an outcome", () => {
  it("is verdict, sentence, claim, checks, files and how to run it again", () => {
    expect(renderOutcome({ result: exampleResult(), folder }, plainStyle).split("\n")).toEqual([
      "✔ PASS  writer-kill on drill-writer-kill (dledger), seed 4711",
      "",
      "After killing broker-a:leader (broker-a-0), writes to broker-a stopped for 2.4 s; none of 9,419 acknowledged messages was lost.",
      "",
      "claim   A new leader is elected (published guide: DLedger)",
      "",
      "         CHECK                         LIMIT                             MEASURED",
      "✔ pass   Acknowledged messages lost    none                              0",
      "✔ pass   Writes of the faulted group   come back before healing begins   broker-a writes: 2.4 s",
      "",
      "report   hotfire-runs/x/report.html",
      "facts    hotfire-runs/x/result.json, junit.xml, history.ndjson, logs/",
      "open it  hotfire drill open hotfire-runs/x",
      "again    hotfire drill run writer-kill --seed 4711",
    ]);
  });

  it("has the reasons and the broken checks first", () => {
    const { checks } = exampleResult();
    const broken = checks.map((check) =>
      check.check === "outage"
        ? { ...check, status: "fail" as const, measured: "never came\u001b[2J back" }
        : check,
    );
    const result = exampleResult({ verdict: "fail", reasons: ["writes never came back"], checks: broken });
    const lines = renderOutcome({ result, folder }, plainStyle).split("\n");
    expect(lines[0]).toMatch(/^✖ FAIL/);
    expect(lines).toContain("• writes never came back");
    const table = lines.slice(lines.findIndex((line) => line.includes("CHECK")));
    expect(table[1]).toMatch(/^✖ fail {3}Writes of the faulted group .* never came back$/);
    expect(table[2]).toMatch(/^✔ pass/);
  });

  it("has a line for each kind of the load, where there were any", () => {
    const kind = {
      kind: "delay" as const,
      sent: 1200,
      acknowledged: 1190,
      failed: 4,
      inDoubt: 6,
      delivered: 1193,
      drained: true,
      duplicates: 0,
      longestGap: 2_400_000,
      lateness: { p50: 60_000, p99: 900_000, max: 1_300_000 },
      figures: { "in doubt and there in part": 2 },
      violations: [],
      problems: [],
    };
    const text = renderOutcome({ result: exampleResult({ kinds: [kind] }), folder }, plainStyle);
    const line = text.split("\n").find((one) => one.startsWith("delay"));
    expect(line?.split(/ {2,}/)).toEqual([
      "delay",
      "1,200",
      "1,190",
      "6",
      "1,193",
      "2.4 s",
      "900 ms, 1.3 s",
      "in doubt and there in part: 2",
    ]);
  });

  it.each([60, 80])("breaks its texts to %i columns", (width) => {
    const text = renderOutcome({ result: exampleResult(), folder }, plainStyle, width);
    const [, sentence = "", claim = "", checks = ""] = text.split("\n\n");
    for (const line of [sentence, claim, checks].join("\n").split("\n"))
      expect(widthOf(line)).toBeLessThanOrEqual(width);
  });
});
