import { expect, it } from "vitest";
import { rollingOrder } from "./rolling-order.ts";

const roles = new Map([
  ["broker-a-0", "leader"],
  ["broker-a-1", "follower"],
  ["broker-b-0", "master"],
]);

it("restarts replicas before writers", () => {
  expect(rollingOrder(["broker-a-0", "broker-b-0", "broker-a-1"], roles)).toBe("broker-a-1");
  expect(rollingOrder(["broker-a-0", "broker-b-0"], roles)).toBe("broker-a-0");
});

it("goes on where a node's role is not known", () => {
  expect(rollingOrder(["broker-a-0", "broker-c-0"], roles)).toBe("broker-c-0");
});
