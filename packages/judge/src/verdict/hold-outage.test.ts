import { expect, test } from "vitest";
import type { Rule } from "../history/expectation.ts";
import { judge } from "../judgement/judge.ts";
import { fault, history, range, readBack, send } from "../synthetic/build.ts";

const rule: Rule = { check: "outage", verb: "send", groups: "target", expect: "until-healed" };

/** 20,000 sends, one a millisecond: the fault is in force from 2 to 4 s; writes stop with it, and again for `again` ms as it is healed. */
async function measured(again: number) {
  const isDown = (at: number) => (at >= 2010 && at < 4500) || (at >= 5000 && at < 5000 + again);
  const stopped = { outcome: "failed", error: "SYSTEM_BUSY" } as const;
  const sends = range(20_000).map((at) => send(at, isDown(at) ? stopped : {}));
  const stored = range(20_000).filter((at) => !isDown(at));
  const healing = { end: 2_010_000, healEnd: 5_500_000 };
  const records = history(fault(2_000_000, 4_000_000, healing), sends, readBack(stored));
  const expectation = { claim: "it stops until it is healed", source: "test", rules: [rule] };
  const { result } = await judge([records], { expectation });
  return result.checks.find(({ check, verb }) => check === "outage" && verb === "send");
}

test("writes that stop again for long while the fault is healed are named, with what they may", async () => {
  const held = await measured(6000);
  expect(held?.status).toBe("fail");
  expect(held?.measured).toContain("and 6 s while healing (may 5 s)");
});

test("a short stop while the fault is healed is told, and allowed", async () => {
  const held = await measured(1000);
  expect(held?.status).toBe("pass");
  expect(held?.measured).not.toContain("(may");
});
