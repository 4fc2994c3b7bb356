import { expect, test } from "vitest";
import { range, readBack } from "../synthetic/build.ts";
import { makeHeader } from "../synthetic/scenarios.ts";
import { Coverage } from "./coverage.ts";
import { MessageTable } from "./message-table.ts";

const header = makeHeader({
  groups: [{ name: "broker-a", brokers: ["broker-a-0", "broker-a-1"] }],
  queuesPerGroup: 1,
});

function problems(first: boolean, second: boolean): readonly string[] {
  const coverage = new Coverage(new MessageTable());
  const copies = [
    readBack(range(3), { authoritative: first }),
    readBack(range(3), { node: "broker-a-1", authoritative: second }),
  ];
  for (const record of copies.flat()) {
    if (record.type === "read-back") coverage.fresh(record);
    if (record.type === "read-back-done") coverage.addDone(record);
  }
  return coverage.finish(header).problems;
}

test("one replica of a group counts as what clients read", () => {
  expect(problems(true, false)).toEqual([]);
  expect(problems(false, false)).toEqual(["no replica of broker-a counts as what clients read"]);
  expect(problems(true, true)).toEqual([
    "two replicas of broker-a count as what clients read: broker-a-0 and broker-a-1",
  ]);
});
