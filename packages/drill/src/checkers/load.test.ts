import { expect, test } from "vitest";
import type { BurstRecord } from "../history/run-records.ts";
import { judge } from "../judge/judge.ts";
import { fault, history, range, readBack, send } from "../synthetic/build.ts";

const burst: BurstRecord = {
  type: "burst",
  group: "broker-a",
  concurrency: 8,
  begin: 5_000_000,
  end: 6_000_000,
  acknowledged: 4000,
  failed: 0,
};

test("a group that takes a burst faster than another one takes no share of the even load", async () => {
  const even = range(10_000).filter((at) => at < 5000 || at >= 6000);
  const sends = [
    ...even.map((at, sequence) =>
      send(sequence, { scheduled: at * 1000, group: at % 2 === 0 ? "broker-a" : "broker-b" }),
    ),
    ...range(4000, even.length).map((sequence, n) => send(sequence, { scheduled: 5_000_000 + n * 250 })),
  ];
  const records = history(fault(7_000_000, 8_000_000), sends, readBack(range(sends.length)), [burst]);
  const { result } = await judge([records], {});
  expect(
    result.checks.find(({ text }) => text.startsWith("Every group had load"))?.measured ?? "shown",
  ).not.toContain("got");
  expect(result.reasons.join("; ")).not.toMatch(/broker-b got/);
});
