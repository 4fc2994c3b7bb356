import { expect, test } from "vitest";
import type { RoleRecord } from "../history/observation-records.ts";
import { ObservedChanges } from "./observed-changes.ts";

const role = { type: "role", group: "g", node: "n", role: "follower", term: 1, source: "self" } as const;

function problems(records: readonly RoleRecord[]): string[] {
  const changes = new ObservedChanges();
  for (const record of records) changes.add(record);
  return changes.finish();
}

test("a change without the look before it may be of any time", () => {
  expect(
    problems([
      { ...role, at: 1 },
      { ...role, role: "leader", at: 9 },
    ]),
  ).toHaveLength(1);
  expect(problems([{ ...role, at: 9, previousAt: 3 }])).toHaveLength(1);
  expect(
    problems([
      { ...role, at: 1 },
      { ...role, role: "leader", at: 9, previousAt: 10 },
    ]),
  ).toHaveLength(1);
});
