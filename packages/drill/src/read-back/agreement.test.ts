import { expect, test } from "vitest";
import { authoritiesOf, isAgreed, queueIds } from "./agreement.ts";
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

test("one replica of each group is what clients read: the routed master, else the one that says so, else the one that holds most", () => {
  const replicas = [
    replica("a0", [9], true),
    replica("a1", [4], true),
    replica("b0", [9]),
    replica("b1", [4], true),
    replica("c0", [1]),
    replica("c1", [3]),
    replica("d0", undefined),
  ];
  const routes = new Map([
    [
      "n0",
      new Map([
        ["a", "a1"],
        ["b", "b0"],
      ]),
    ],
    [
      "n1",
      new Map([
        ["a", "a1"],
        ["b", "b1"],
      ]),
    ],
  ]);
  expect(authoritiesOf(replicas, routes)).toEqual([
    { group: "a", node: "a1", by: "route", routed: { n0: "a1", n1: "a1" }, masters: ["a0", "a1"] },
    { group: "b", node: "b1", by: "own-word", routed: { n0: "b0", n1: "b1" }, masters: ["b1"] },
    { group: "c", node: "c1", by: "most-held", routed: {}, masters: [] },
    { group: "d", node: "d0", by: "most-held", routed: {}, masters: [] },
  ]);
});

test("queues are those that any replica has", () => {
  expect(queueIds([replica("a0", []), replica("b0", [1, 1, 1])])).toEqual([0, 1, 2]);
});
