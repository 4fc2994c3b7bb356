import { ObservedChanges } from "@hotfire/judge";
import { expect, test } from "vitest";
import { ChangeLog } from "./change-log.ts";
import type { ObservationRecord } from "./observer.ts";

function start() {
  const records: ObservationRecord[] = [];
  return { records, log: new ChangeLog((record) => records.push(record)) };
}

const role = { type: "role", group: "g", node: "n", role: "follower", term: 1, source: "self" } as const;

test("a state is written when it is first seen and when it changes, with the look that still showed the old one", () => {
  const { records, log } = start();
  log.look(role, 10, 12);
  log.look(role, 20, 22);
  expect(log.look({ ...role, role: "leader", term: 2 }, 30, 33)).toBe(true);
  expect(log.look({ ...role, role: "leader", term: 2 }, 40, 41)).toBe(false);
  expect(records).toEqual([
    { ...role, at: 12 },
    { ...role, role: "leader", term: 2, at: 33, previousAt: 20 },
  ]);
});

test("sources and subjects are apart", () => {
  const { records, log } = start();
  log.look(role, 1, 1);
  log.look({ ...role, source: "broker" }, 2, 2);
  log.look({ ...role, node: "m" }, 3, 3);
  expect(records.map(({ previousAt }) => previousAt)).toEqual([undefined, undefined, undefined]);
});

test("the next leader of the controllers repeating the old one's words is no change", () => {
  const { records, log } = start();
  const told = { ...role, role: "master", term: 3, source: "controller-0" } as const;
  log.look(told, 1, 1);
  log.look({ ...told, source: "controller-1" }, 2, 2);
  log.look({ ...told, term: 4, source: "controller-1" }, 3, 3);
  expect(records).toHaveLength(2);
  expect(records[1]).toMatchObject({ term: 4, source: "controller-1", previousAt: 2 });
});

test("a look that ends behind an event does not reach behind it", () => {
  const { records, log } = start();
  log.look(role, 10, 11);
  log.look({ ...role, role: "unreachable" }, 15, 14);
  expect(records[1]).toMatchObject({ at: 14, previousAt: 10 });
});

test("the judge believes what an observer writes", () => {
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
