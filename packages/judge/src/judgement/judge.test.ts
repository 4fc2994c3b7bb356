import { describe, expect, test } from "vitest";
import type { SendRecord } from "../history/operations.ts";
import type { HistoryRecord, StoredRecord } from "../history/record.ts";
import { renderJunit } from "../result/junit.ts";
import { parseResult } from "../result/parse-result.ts";
import { resultJsonSchema } from "../result/result-schema.ts";
import { fault, history, range, readBack, send } from "../synthetic/build.ts";
import { asyncDiskLoss, dledgerLeaderKill } from "../synthetic/scenarios.ts";
import { parseLimits } from "../verdict/limits.ts";
import { type JudgeOptions, judge } from "./judge.ts";

async function result(records: readonly HistoryRecord[], options: JudgeOptions = {}) {
  return (await judge([records], options)).result;
}

const sends = range(3000).map((sequence) => send(sequence));
const stored = readBack(range(3000));
const quiet = (part: Parameters<typeof fault>[2] = {}) =>
  history(fault(1_000_500, 2_000_000, part), sends, stored);

describe("verdict", () => {
  test("pass: the fault was in force, nothing stopped, everything is there", async () => {
    expect(await result(quiet())).toMatchObject({ verdict: "pass", reasons: [] });
  });

  test.each<[string, HistoryRecord[], RegExp]>([
    [
      "a fault that was never seen in force",
      quiet().map(
        (record): StoredRecord =>
          record.type === "fault-injected" ? { ...record, proof: { ...record.proof, evidence: [] } } : record,
      ),
      /never seen in force/,
    ],
    [
      "a run in which nothing was acknowledged",
      history(
        fault(1_000, 2_000),
        sends.map((one): SendRecord => ({ ...one, outcome: "failed" })),
        readBack([]),
      ),
      /nothing was acknowledged/,
    ],
    ["a fault before anything worked", history(fault(0, 500), sends, stored), /before the first fault/],
    ["a torn history", [...quiet().slice(0, -1), { type: "torn", bytes: 12 }], /middle of a line/],
    ["a history without its end", quiet().slice(0, -1), /no end record/],
    ["a history with a hole", quiet().toSpliced(500, 100), /records where its end says/],
    [
      "a fault that was never seen healed",
      quiet().filter((record) => record.type !== "fault-healed"),
      /never seen healed/,
    ],
    [
      "a planned fault that did not happen",
      history(
        [
          { type: "fault-planned", at: 1, fault: "f9", kind: "kill", target: "x" },
          { type: "fault-error", at: 2, fault: "f9", step: "inject", message: "no leader" },
        ],
        sends,
        stored,
      ),
      /never injected \(inject: no leader\)/,
    ],
    [
      "messages that were not read back",
      history(fault(1_000_500, 2_000_000), sends),
      /could not be read back/,
    ],
  ])("unknown: %s", async (_name, records, reason) => {
    const { verdict, sentence, reasons } = await result(records);
    expect(verdict).toBe("unknown");
    expect([sentence, ...reasons].join(" ")).toMatch(reason);
  });

  test("a violation stays one in a history that is incomplete", async () => {
    const lost = history(fault(1_000_500, 2_000_000), sends, readBack(range(2999))).slice(0, -1);
    expect((await result(lost)).verdict).toBe("fail");
  });

  test("a limit replaces the standing rule about the same thing", async () => {
    const lost = history(fault(1_000_500, 2_000_000), sends, readBack(range(2999)));
    expect((await result(lost)).verdict).toBe("fail");
    expect((await result(lost, { limits: parseLimits("lost=1") })).verdict).toBe("pass");
  });

  test("an expectation that must find loss fails when none is found: the negative control", async () => {
    const expectation = {
      claim: "loses a few",
      source: "published guide",
      rules: [{ check: "lost", min: 1, max: 100 } as const],
    };
    expect((await result(quiet(), { expectation })).verdict).toBe("fail");
    const lost = history(fault(1_000_500, 2_000_000), sends, readBack(range(2999)));
    expect((await result(lost, { expectation })).verdict).toBe("pass");
  });
});

describe("a DLedger leader is killed", () => {
  const records = dledgerLeaderKill();

  test("passes its limits, and the sentence says what it cost", async () => {
    const found = await result(records, { limits: parseLimits("rto=2s,lost=0") });
    expect(found.verdict).toBe("pass");
    expect(found.sentence).toMatch(
      /^After killing broker-a:leader \(broker-a-0\), writes to broker-a stopped for 9\d\d ms and reads from broker-a stopped for 9\d\d ms; none of 9,4\d\d acknowledged messages was lost\.$/,
    );
  });

  test("fails a limit that it does not keep", async () => {
    const found = await result(records, { limits: parseLimits("rto=500ms") });
    expect(found.verdict).toBe("fail");
    expect(found.reasons[0]).toMatch(/RTO.*9\d\d ms \(limit: at most 500 ms\)/);
  });

  test("the steps of the switch come in their order", async () => {
    const { steps } = await result(records);
    expect(steps.map(({ step, node }) => [step, node])).toEqual([
      ["detected", "broker-a-1"],
      ["elected", "broker-a-1"],
      ["role-changed", "broker-a-1"],
      ["route-published", "namesrv-0"],
      ["route-published", "namesrv-1"],
      ["client-noticed", "broker-a-1"],
      ["first-success", undefined],
    ]);
    expect(steps.map(({ after }) => after)).toEqual(
      steps.map(({ after }) => after).toSorted((a, b) => a - b),
    );
  });
});

test("an asynchronous master loses its disk: the losses are counted and the other group goes on", async () => {
  const found = await result(asyncDiskLoss({ lost: 37 }));
  expect(found.verdict).toBe("fail");
  expect(found.accounting.lost.count).toBe(37);
  const outage = { check: "outage", verb: "send", groups: "others", expect: "none" } as const;
  const claim = {
    claim: "c",
    source: "s",
    rules: [outage, { ...outage, groups: "target", expect: "until-healed" } as const],
  };
  const { checks } = await result(asyncDiskLoss(), { expectation: claim });
  expect(checks.filter((check) => check.check === "outage").map((check) => check.status)).toEqual([
    "pass",
    "pass",
    "pass",
  ]);
});

describe("result documents", () => {
  test("result.json is what its schema says and survives being stored", async () => {
    const found = await result(asyncDiskLoss());
    expect(parseResult(JSON.stringify(found))).toEqual(JSON.parse(JSON.stringify(found)));
    expect(() => parseResult('{"format":"other"}')).toThrow(
      expect.objectContaining({ code: "RESULT_INVALID" }),
    );
    expect(resultJsonSchema()).toMatchObject({ type: "object", title: "Hotfire drill result" });
  });

  test("a drill that was not run is skipped in JUnit, and counts as nothing else", () => {
    const xml = renderJunit([], [{ drill: "delay", mode: "dledger", reason: "no netem <here>" }]);
    expect(xml).toContain('tests="1" failures="0" errors="0" skipped="1"');
    expect(xml).toContain('<skipped message="no netem &#60;here&#62;"/>');
  });

  test("JUnit: a test case per check, escaped, failures and errors apart", async () => {
    const found = await result(asyncDiskLoss(), { limits: parseLimits("rto=2s") });
    const xml = renderJunit([{ ...found, sentence: `<b> & "quotes" \u0001` }]);
    expect(xml).toContain("&#60;b&#62; &#38; &#34;quotes&#34; \uFFFD");
    expect(xml).toMatch(/failures="3" errors="0"/);
    expect(xml.match(/<testcase /g)).toHaveLength(found.checks.length + 1);
  });
});

test("judging twice gives the same result", async () => {
  const records: StoredRecord[] = dledgerLeaderKill();
  expect(await judge([records])).toEqual(await judge([records.slice(0, 999), records.slice(999)]));
});
