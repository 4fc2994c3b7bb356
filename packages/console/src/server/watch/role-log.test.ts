import { describe, expect, test, vi } from "vitest";
import { type Claim, RoleLog } from "./role-log.ts";

const claim = (id: string, seenAt: number, more: Partial<Claim> = {}): Claim => ({
  id,
  name: `broker-${id}`,
  seenAt,
  askedAt: seenAt - 10,
  since: seenAt,
  term: 1,
  ...more,
});
const a = (seenAt: number, more: Partial<Claim> = {}) => claim("a", seenAt, more);
const b = (seenAt: number, more: Partial<Claim> = {}) => claim("b", seenAt, { term: 2, ...more });

describe("RoleLog", () => {
  test("a group's first writer is no event, and neither is its staying", () => {
    const log = new RoleLog(0);
    expect(log.look("g", [], 0)).toBeUndefined();
    expect(log.look("g", [a(100)], 100)).toBeUndefined();
    expect(log.look("g", [a(600)], 600)).toBeUndefined();
    expect(log.events).toEqual([]);
  });

  test("the gap is an interval: what was seen without a writer at least, and at most what lies between two sights", () => {
    const log = new RoleLog(0);
    log.look("g", [a(1000)], 1000);
    expect(log.look("g", [], 1500)).toMatchObject({ from: "a", to: null, gapMs: null, gapMinMs: null });
    expect(log.look("g", [], 2000)).toBeUndefined();
    expect(log.look("g", [], 3000)).toBeUndefined();
    expect(log.look("g", [b(3200)], 3210)).toEqual({
      seq: 2,
      at: 3210,
      group: "g",
      from: "a",
      to: "b",
      gapMinMs: 1500,
      gapMs: 2210,
      term: 2,
      writers: null,
      names: { a: "broker-a", b: "broker-b" },
    });
  });

  test("a switch between two looks may have had no gap at all", () => {
    const log = new RoleLog(0);
    log.look("g", [a(1000)], 1000);
    expect(log.look("g", [b(1500)], 1500)).toMatchObject({ from: "a", to: "b", gapMinMs: 0, gapMs: 510 });
  });

  test("a writer that is back after a gap is an event too", () => {
    const log = new RoleLog(0);
    log.look("g", [a(1000)], 1000);
    log.look("g", [], 1500);
    expect(log.look("g", [a(4000)], 4000)).toMatchObject({ from: "a", to: "a", gapMs: 3010 });
  });

  test("two that take writes at once are one alarm, and no change back and forth", () => {
    const log = new RoleLog(0);
    log.look("g", [a(1000)], 1000);
    expect(log.look("g", [b(1500), a(1500)], 1500)).toMatchObject({ writers: ["a", "b"], to: "a" });
    for (let at = 2000; at < 5000; at += 500) {
      const claims = at % 1000 === 0 ? [a(at), b(at)] : [b(at), a(at)];
      expect(log.look("g", claims, at)).toBeUndefined();
    }
    expect(log.look("g", [b(5000)], 5000)).toMatchObject({ writers: [], to: "b" });
    expect(log.events.map(({ from, to }) => [from, to])).toEqual([
      ["a", "a"],
      ["a", "b"],
      ["b", "b"],
    ]);
  });

  test("an epoch that is told later is told of the same event", () => {
    const log = new RoleLog(0);
    log.look("g", [a(1000, { term: null })], 1000);
    const switched = log.look("g", [b(1500, { term: null })], 1500);
    expect(switched).toMatchObject({ seq: 1, term: null });
    expect(log.look("g", [b(2000, { term: 4 })], 2000)).toMatchObject({ seq: 1, term: 4 });
    expect(log.look("g", [b(2500, { term: 4 })], 2500)).toBeUndefined();
    expect(log.events.map(({ term }) => term)).toEqual([4]);
  });

  test("one that starts again repeats no number", () => {
    vi.useFakeTimers({ now: Date.parse("2026-01-01") });
    const before = new RoleLog();
    for (let at = 1; at < 50; at += 1) before.look("g", at % 2 === 0 ? [a(at)] : [b(at)], at);
    vi.setSystemTime(Date.now() + 1000);
    const after = new RoleLog();
    vi.useRealTimers();
    after.look("g", [a(1)], 1);
    const first = after.look("g", [b(2)], 2)?.seq ?? 0;
    expect(first).toBeGreaterThan(before.events.at(-1)?.seq ?? Number.POSITIVE_INFINITY);
  });

  test("is bounded", () => {
    const log = new RoleLog(0);
    for (let at = 0; at < 1000; at += 1) log.look("g", [at % 2 === 0 ? a(at) : b(at)], at);
    expect(log.events).toHaveLength(200);
    expect(log.events.at(-1)?.seq).toBe(999);
  });
});
