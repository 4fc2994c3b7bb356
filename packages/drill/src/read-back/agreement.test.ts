import { expect, test } from "vitest";
import { authoritativeOf, isAgreed, queueIds } from "./agreement.ts";
import type { Replica } from "./replica.ts";

const replica = (node: string, ends: readonly number[] | undefined, isMaster = false): Replica => ({
  group: node.slice(0, 1),
  node,
  address: "x:1",
  isMaster,
  queues: ends && new Map(ends.map((to, queue) => [queue, { from: 0, to }])),
  problem: ends === undefined ? "no answer" : undefined,
});

test("replicas agree when all answer, one leads each group, and all queues end alike", () => {
  expect(isAgreed([replica("a0", [5, 6], true), replica("a1", [5, 6]), replica("b0", [1], true)])).toBe(true);
  expect(isAgreed([replica("a0", [5, 6], true), replica("a1", [5, 5])])).toBe(false);
  expect(isAgreed([replica("a0", [5, 6], true), replica("a1", undefined)])).toBe(false);
  expect(isAgreed([replica("a0", [5, 6]), replica("a1", [5, 6])])).toBe(false);
  expect(isAgreed([replica("a0", [5, 6], true), replica("a1", [])])).toBe(false);
});

test("one replica of each group is what clients read: the master, else the one that holds most", () => {
  const found = authoritativeOf([
    replica("a0", [9]),
    replica("a1", [4], true),
    replica("b0", [1]),
    replica("b1", [3]),
    replica("c0", undefined),
  ]);
  expect([...found]).toEqual([
    ["a", "a1"],
    ["b", "b1"],
    ["c", "c0"],
  ]);
});

test("queues are those that any replica has", () => {
  expect(queueIds([replica("a0", []), replica("b0", [1, 1, 1])])).toEqual([0, 1, 2]);
});
