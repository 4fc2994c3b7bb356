import { expect, test } from "vitest";
import { BaselineChecker } from "./baseline.ts";

const s = 1_000_000;

function problems(at: number, front: number, isFaultFirst = false): readonly string[] {
  const checker = new BaselineChecker();
  if (isFaultFirst) checker.addFault();
  checker.addPhase({ type: "phase", at, name: "baseline" }, front);
  checker.addFault();
  return checker.finish();
}

test("a load that ran smoothly for four seconds did so before the fault", () => {
  expect(problems(20 * s, 24 * s)).toEqual([]);
  expect(problems(0, 0)).toEqual([]);
});

test("a later moment would leave failures out", () => {
  expect(problems(23 * s, 24 * s)).toEqual([
    "the load is said to run smoothly from a moment on that was 1 s ago",
  ]);
  expect(problems(20 * s, 24 * s, true)).toEqual([
    "a fault was ordered before the load was seen to run smoothly",
  ]);
});
