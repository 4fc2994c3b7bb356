import { describe, expect, test } from "vitest";
import { RoleLog } from "./role-log.ts";

const a = (seenAt: number, term = 1) => ({ id: "a", seenAt, term });
const b = (seenAt: number, term = 2) => ({ id: "b", seenAt, term });

describe("RoleLog", () => {
  test("a group's first writer is no event, and neither is its staying", () => {
    const log = new RoleLog();
    expect(log.look("g", null, 0)).toBeUndefined();
    expect(log.look("g", a(100), 100)).toBeUndefined();
    expect(log.look("g", a(600), 600)).toBeUndefined();
    expect(log.events).toEqual([]);
  });

  test("the gap goes from the old writer's last word to the new one's first", () => {
    const log = new RoleLog();
    log.look("g", a(1000), 1000);
    expect(log.look("g", null, 1500)).toMatchObject({ from: "a", to: null, gapMs: null });
    expect(log.look("g", null, 2000)).toBeUndefined();
    expect(log.look("g", b(3200), 3210)).toEqual({
      seq: 2,
      at: 3210,
      group: "g",
      from: "a",
      to: "b",
      gapMs: 2200,
      term: 2,
    });
  });

  test("a writer that is back after a gap is an event too, and so is a switch without one", () => {
    const log = new RoleLog();
    log.look("g", a(1000), 1000);
    log.look("g", null, 1500);
    expect(log.look("g", a(4000), 4000)).toMatchObject({ from: "a", to: "a", gapMs: 3000 });
    expect(log.look("g", b(4100), 4100)).toMatchObject({ from: "a", to: "b", gapMs: 100 });
  });

  test("is bounded", () => {
    const log = new RoleLog();
    for (let at = 0; at < 1000; at += 1) log.look("g", at % 2 === 0 ? a(at) : b(at), at);
    expect(log.events).toHaveLength(200);
    expect(log.events.at(-1)?.seq).toBe(999);
  });
});
