import { expect, test } from "vitest";
import { ReplicaChoice } from "./replica-choice.ts";

const route = { master: "m", replicas: ["s1", "s2"] };

test("reads from the master, while it fails from a replica, and from the master again once it answers", () => {
  const choice = new ReplicaChoice();
  expect(choice.choose(route, 0)).toBe("m");
  choice.failed("m", 0);
  expect(choice.choose(route, 10)).toBe("s1");
  choice.failed("s1", 10);
  expect(choice.choose(route, 20)).toBe("s2");
  expect(choice.choose(route, 600)).toBe("m");
  choice.answered("m");
  expect(choice.choose(route, 610)).toBe("m");
});

test("only one pull at a time tries what has failed", () => {
  const choice = new ReplicaChoice();
  choice.failed("m", 0);
  expect([1000, 1000, 1000].map((now) => choice.choose(route, now))).toEqual(["m", "s1", "s1"]);
  choice.failed("m", 2000);
  expect(choice.choose(route, 2100)).toBe("s1");
});

test("without a registered master a slave serves; without anybody nobody; with one that fails, that one", () => {
  const choice = new ReplicaChoice();
  expect(choice.choose({ master: undefined, replicas: ["s"] }, 0)).toBe("s");
  expect(choice.choose({ master: undefined, replicas: [] }, 0)).toBeUndefined();
  choice.failed("m", 0);
  expect(choice.choose({ master: "m", replicas: [] }, 1)).toBe("m");
});
