import { expect, test } from "vitest";
import { bounds } from "../history/bounds.ts";
import { parseLine } from "../history/parse-line.ts";
import { consume, fault, history, range, readBack, send } from "../synthetic/build.ts";
import { judge } from "./judge.ts";

const sends = range(2000).map((sequence) => send(sequence));

test.each([
  ["a number of a message", { ...send(0), sequence: bounds.sequence + 1 }],
  ["a moment", { ...send(0), done: bounds.moment + 1 }],
  ["an offset", { ...send(0), offset: bounds.offset + 1 }],
  ["a queue", { ...send(0), queue: bounds.queue + 1 }],
  ["a fault's end", { ...fault(0, bounds.moment + 1)[2] }],
])("%s that no run can have is refused", (_, record) => {
  expect(() => parseLine(JSON.stringify(record), "h:1")).toThrow(
    expect.objectContaining({ code: "HISTORY_CORRUPT" }),
  );
});

test("the largest values that are read cost no time and no memory", async () => {
  const started = performance.now();
  const far = [send(bounds.sequence, { scheduled: 1, sent: 2, done: bounds.moment })];
  const rows = readBack([...range(2000), bounds.sequence - 1]);
  const { result } = await judge([history(fault(500_000, 900_000), sends, far, rows)]);
  expect(result.verdict).not.toBe("pass");
  expect(result.accounting.unexpected.count).toBe(1);
  expect(performance.now() - started).toBeLessThan(8000);
});

test("more than eight consumer groups are told apart", async () => {
  const groups = range(20).map((number) => `consumers-${number}`);
  const reads = groups.map((consumerGroup) => consume(3_000_000, range(2000), { consumerGroup }));
  const { accounting } = (await judge([history(sends, reads, readBack(range(2000)))])).result;
  expect(accounting).toMatchObject({ redelivered: 0, undelivered: 0 });
});

test("causes of failures are grouped by kind, and all of them are there", async () => {
  const failing = sends.map((one) =>
    one.sequence < 500
      ? ({ ...one, outcome: "in-doubt", error: `no answer within ${2999 + one.sequence / 1e9} ms` } as const)
      : one.sequence < 900
        ? ({ ...one, outcome: "failed", error: `reason ${"x".repeat(one.sequence - 499)}` } as const)
        : one,
  );
  const [lane] = (await judge([history(failing)])).result.lanes;
  expect(lane?.causes[0]).toEqual({ cause: "no answer within N ms", count: 500 });
  expect(lane?.causes.reduce((sum, { count }) => sum + count, 0)).toBe(900);
});
