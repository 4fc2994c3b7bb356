import { expect, test } from "vitest";
import { brokerCondition } from "./broker-condition.ts";

const said = {
  brokerVersionDesc: "V5_5_0",
  hotfireWrites: "yes",
  hotfireWritesCeasedAt: "0",
  hotfireDirectUsed: "42000000",
  hotfireDirectLimit: "178257920",
};
const conditionOf = (more: Record<string, string>) =>
  brokerCondition(new Map(Object.entries({ ...said, ...more })));

test("a broker that writes", () => {
  expect(conditionOf({})).toEqual({
    whyNoWrites: undefined,
    writesCeasedAt: undefined,
    direct: { usedBytes: 42_000_000, limitBytes: 178_257_920 },
    problem: undefined,
  });
});

test("one that ceased to, and says why", () => {
  const sick = {
    hotfireWrites: "out-of-memory",
    hotfireWritesCeasedAt: "1764278400000",
    hotfireProblem: "out of memory 3 times",
  };
  expect(conditionOf(sick)).toMatchObject({
    whyNoWrites: "out-of-memory",
    writesCeasedAt: 1_764_278_400_000,
    problem: "out of memory 3 times",
  });
});

test("RocketMQ's own launcher says nothing of it, and words of another version are not guessed at", () => {
  expect(brokerCondition(new Map([["brokerVersionDesc", "V5_5_0"]]))).toBeUndefined();
  expect(conditionOf({ hotfireWrites: "perhaps" })).toBeUndefined();
});
