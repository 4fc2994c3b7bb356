import { expect, test } from "vitest";
import type { StoredRecord } from "../history/record.ts";
import { faultRecords } from "../synthetic/proofs.ts";
import { FaultMoments } from "./fault-moments.ts";

const s = 1_000_000;

/** Planned and ordered at 5 s, in force at 5.06 s, healed from 9 s to 11 s, each in its phase. */
const told: readonly StoredRecord[] = (() => {
  const [planned, injected, healed] = faultRecords({
    id: "f1",
    kind: "kill",
    target: "broker-a:writer",
    nodes: ["broker-a-0"],
    groups: ["broker-a"],
    begin: 5 * s,
    healBegin: 9 * s,
    healEnd: 11 * s,
  });
  const records = [
    { type: "phase", at: 5 * s, name: "fault" } as const,
    planned,
    injected,
    { type: "phase", at: 9 * s, name: "recovery" } as const,
    healed,
  ];
  return records.flatMap((record) => record ?? []);
})();

function problems(change: (record: StoredRecord) => StoredRecord, mayStandBy = false): string[] {
  const moments = new FaultMoments();
  for (const record of told.map(change)) {
    if (record.type === "phase") moments.addPhase(record);
    if (record.type === "fault-planned") moments.addPlanned(record);
    if (record.type === "fault-injected" || record.type === "fault-healed") moments.addStep(record);
  }
  return moments.finish(mayStandBy);
}

const shifted = (type: StoredRecord["type"], by: number) =>
  problems((record) =>
    record.type === type && (record.type === "fault-injected" || record.type === "fault-healed")
      ? { ...record, begin: record.begin + by }
      : record,
  );

test("steps that follow each other, each in its phase, are believed", () => {
  expect(problems((record) => record)).toEqual([]);
});

test("an order is not before its plan, its phase or the end of the step before it", () => {
  expect(shifted("fault-injected", -3 * s)).toContain("the fault f1 was ordered 3 s before it was planned");
  expect(shifted("fault-injected", -3 * s)).toContain(
    "the order of the fault f1 is told 3 s before its phase began",
  );
  expect(shifted("fault-healed", -s)).toEqual([
    "the healing of the fault f1 is told 1 s before its phase began",
  ]);
  expect(shifted("fault-healed", -5 * s).join()).toContain("before the step before it was over");
});

test("a healing is ordered as its phase begins, where no step of the run may stand by", () => {
  const late = (record: StoredRecord): StoredRecord =>
    record.type === "fault-healed" ? { ...record, begin: record.begin + 1.5 * s } : record;
  expect(problems(late)).toEqual(["the healing of the fault f1 is told 1.5 s after its phase began"]);
  expect(problems(late, true)).toEqual([]);
});
