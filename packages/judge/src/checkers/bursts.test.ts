import { expect, test } from "vitest";
import type { SendRecord } from "../history/operations.ts";
import type { BurstRecord } from "../history/run-records.ts";
import { range, send } from "../synthetic/build.ts";
import { makeHeader } from "../synthetic/scenarios.ts";
import { BurstChecker } from "./bursts.ts";

const groups = [{ name: "broker-a", brokers: ["broker-a-0"] }];
const claim = (rules: Parameters<typeof makeHeader>[0]["expectation"] & object) =>
  makeHeader({ rate: 100, groups, expectation: rules });
const wanted = claim({
  claim: "x",
  source: "test",
  rules: [{ check: "throughput", of: "first", against: "first", min: 0.5 }],
});
const burst: BurstRecord = {
  type: "burst",
  group: "broker-a",
  concurrency: 8,
  begin: 1_000_000,
  end: 2_000_000,
  acknowledged: 200,
  failed: 0,
};
/** Two hundred in the second of the burst, each answered in half a millisecond. */
const sends = range(200).map((n) => send(n, { scheduled: 1_000_000 + n * 4900 }));

function problems(
  records: readonly SendRecord[],
  part: Partial<BurstRecord> = {},
  header = wanted,
): string[] {
  const checker = new BurstChecker();
  checker.addHeader(header);
  for (const record of records) checker.addSend(record);
  checker.addBurst({ ...burst, ...part });
  return checker.finish();
}

test("a burst that was there is believed", () => {
  expect(problems(sends)).toEqual([]);
});

test.each<[string, string[], RegExp]>([
  [
    "counts what was never sent",
    problems(sends, { acknowledged: 900 }),
    /counts 900 acknowledged, and the history has 200/,
  ],
  [
    "stands for a load that was missing",
    problems([], { acknowledged: 0 }),
    /has 0 sends, fewer than the schedule/,
  ],
  [
    "is of one group while another one gets its share",
    problems([...sends, send(500, { scheduled: 1_500_000, group: "broker-b" })]),
    /1 message went elsewhere/,
  ],
  [
    "was asked for by no claim",
    problems(sends, {}, claim({ claim: "x", source: "test", rules: [] })),
    /nothing was claimed of throughput/,
  ],
])("not one that %s", (_, found, reason) => {
  expect(found.join()).toMatch(reason);
});

test("two bursts cannot be at one time", () => {
  const checker = new BurstChecker();
  checker.addHeader(wanted);
  for (const record of sends) checker.addSend(record);
  checker.addBurst(burst);
  checker.addBurst({ ...burst, begin: 1_900_000, end: 2_900_000 });
  expect(checker.finish()).toContain("two bursts are told of one time");
});
