import { expect, test } from "vitest";
import type { RoleRecord } from "../history/observation-records.ts";
import { ChangeLog } from "../observe/change-log.ts";
import { ObservedChanges } from "./observed-changes.ts";

const role = { type: "role", group: "g", node: "n", role: "follower", term: 1, source: "self" } as const;

function problems(records: readonly RoleRecord[]): string[] {
  const changes = new ObservedChanges();
  for (const record of records) changes.add(record);
  return changes.finish();
}

test("what an observer writes is believed", () => {
  const changes = new ObservedChanges();
  const log = new ChangeLog((record) => changes.add(record));
  log.look(role, 10, 12);
  log.look({ ...role, source: "controller-0" }, 13, 14);
  log.look({ ...role, term: 2, source: "controller-1" }, 15, 16);
  log.look({ ...role, role: "leader", term: 2 }, 30, 33);
  log.look({ type: "route", namesrv: "s", group: "g", members: ["n"] }, 34, 35);
  log.look({ type: "route", namesrv: "s", group: "g", members: [] }, 36, 37);
  expect(changes.finish()).toEqual([]);
});

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
