import { expect, test } from "vitest";
import type { StoredRecord } from "../history/record.ts";
import { range, readBack } from "../synthetic/build.ts";
import { makeHeader } from "../synthetic/scenarios.ts";
import { ReadingChecker } from "./reading.ts";

const header = makeHeader({ groups: [{ name: "broker-a", brokers: ["broker-a-0"] }], queuesPerGroup: 1 });

function problems(...records: readonly (StoredRecord | undefined)[]): string[] {
  const checker = new ReadingChecker();
  for (const record of records) {
    if (record?.type === "read-back") checker.addRows(record);
    if (record?.type === "read-back-done") checker.addDone(record);
  }
  return checker.finish(header);
}

const [rows, done] = readBack(range(10));
const changed: StoredRecord | undefined =
  rows?.type === "read-back"
    ? { ...rows, messages: rows.messages.map(([offset, sequence, crc]) => [offset, sequence, crc ^ 1]) }
    : undefined;

test("a batch that a reader reads again is the same", () => {
  expect(problems(rows, done)).toEqual([]);
  expect(problems(rows, rows, done)).toEqual([]);
  expect(problems(rows, changed, done)).toEqual(["queue 0 of broker-a-0 was read twice, and not the same"]);
});

test("a queue is read to its end once, and not beyond it", () => {
  expect(problems(rows, done, done)).toEqual(["queue 0 of broker-a-0 was read to its end twice"]);
  expect(problems(rows, done, rows)).toEqual(["queue 0 of broker-a-0 was read on behind its end"]);
});

test("offsets without a message are a hole", () => {
  const hole: StoredRecord | undefined =
    rows?.type === "read-back" ? { ...rows, messages: rows.messages.toSpliced(4, 1) } : undefined;
  expect(problems(hole, done)).toEqual(["queue 0 of broker-a-0 has offsets 0 to 10 and 9 messages"]);
});

test("what the header does not name is told", () => {
  expect(problems(...readBack(range(3), { node: "broker-a-7" }))).toEqual([
    "queue 0 of broker-a-7 was read, and the header knows no such broker",
  ]);
  expect(problems(...readBack(range(3), { queue: 1 }))).toEqual([
    "queue 1 of broker-a-0 was read, and the header knows no such queue",
  ]);
});
