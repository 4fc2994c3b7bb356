import { expect, test } from "vitest";
import { send } from "../synthetic/build.ts";
import { ClockChecker } from "./clock.ts";

test("what the run's own process knows it writes at once", () => {
  const clock = new ClockChecker();
  clock.addOperation(send(0, { sent: 5_000_000, scheduled: 5_000_000, done: 5_001_000 }));
  clock.add(4_900_000, "role");
  expect(clock.finish(9_000_000)).toEqual([]);
  clock.add(2_000_000, "role");
  expect(clock.finish(9_000_000)).toEqual(["a record (role) was written 3 s after its moment"]);
});

test("an official client tells later what it did", () => {
  const clock = new ClockChecker();
  clock.add(9_000_000, "whole");
  clock.addOperation(send(0, { client: "java" }));
  expect(clock.finish(9_000_000)).toEqual([]);
  clock.addOperation(send(0));
  expect(clock.finish(9_000_000)).not.toEqual([]);
});
