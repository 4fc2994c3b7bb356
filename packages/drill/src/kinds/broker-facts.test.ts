import { expect, test } from "vitest";
import { readFacts } from "./broker-facts.ts";

const told = new Map([
  ["messageDelayLevel", "1s 5s 10s 1m 2h"],
  ["maxMessageSize", "4194304"],
  ["transactionTimeOut", "6000"],
  ["transactionCheckInterval", "30000"],
]);

test("what a broker says of delays, sizes and transactions", () => {
  expect(readFacts(told)).toEqual({
    delayLevels: [1000, 5000, 10_000, 60_000, 7_200_000],
    maxMessageSize: 4_194_304,
    transactionTimeout: 6000,
    transactionCheckInterval: 30_000,
  });
});

test.each([
  ["maxMessageSize", ""],
  ["messageDelayLevel", "1s soon"],
])("%s that is %j is refused by name", (name, value) => {
  expect(() => readFacts(new Map([...told, [name, value]]))).toThrow(name);
});
