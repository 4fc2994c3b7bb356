import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { messageBody, messageProperties, sequenceOf } from "./message.ts";

test("a body follows from its sequence, and another sequence has another body", () => {
  expect(messageBody(7, 256)).toEqual(messageBody(7, 256));
  const checksums = Array.from({ length: 2000 }, (_, sequence) => crc32(messageBody(sequence, 64)));
  expect(new Set(checksums).size).toBe(2000);
  for (const bytes of [1, 5, 6, 100_000]) expect(messageBody(70_000, bytes)).toHaveLength(bytes);
});

test("the sequence is read from the properties; what has none, or no number, is not of a drill", () => {
  expect(sequenceOf({ properties: messageProperties(12, "key-1") })).toBe(12);
  expect(sequenceOf({ properties: {} })).toBe(-1);
  expect(sequenceOf({ properties: { hotfireSequence: "x1" } })).toBe(-1);
});
