import { expect, test } from "vitest";
import { changedNumber, common, seenBy } from "./changed-fields.ts";

test("broker groups that differ have no common value: a form must not give one the other's", () => {
  expect(common([8, 8])).toBe(8);
  expect(common([8, 16])).toBeUndefined();
});

test("a number that was not touched is no change, and 0 is one", () => {
  expect(changedNumber("8", 8)).toBeUndefined();
  expect(changedNumber("", undefined)).toBeUndefined();
  expect(changedNumber("0", 8)).toBe(0);
});

test("what was seen is kept by broker group", () => {
  expect(seenBy([{ group: "broker-a", perm: 6 }])).toEqual({ "broker-a": { perm: 6 } });
});
