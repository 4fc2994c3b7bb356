import fc from "fast-check";
import { expect, test } from "vitest";
import { anyProperties } from "../testing/arbitraries.ts";
import { thrownBy } from "../testing/failure.ts";
import { encodeBatch } from "./batch.ts";
import { decodeProperties, encodeProperties } from "./properties.ts";

// As MessageDecoder.decodeMessages reads it.
function readBatch(batch: Buffer) {
  const messages = [];
  for (let at = 0; at < batch.length; ) {
    const flag = batch.readInt32BE(at + 12);
    const bodyEnd = at + 20 + batch.readInt32BE(at + 16);
    const end = bodyEnd + 2 + batch.readInt16BE(bodyEnd);
    expect(batch.readInt32BE(at)).toBe(end - at);
    const properties = decodeProperties(batch.toString("utf8", bodyEnd + 2, end));
    messages.push({ flag, body: Uint8Array.from(batch.subarray(at + 20, bodyEnd)), properties });
    at = end;
  }
  return messages;
}

test("a batch holds its messages one behind the other", () => {
  const message = fc.record({
    flag: fc.integer(),
    body: fc.uint8Array({ maxLength: 60 }),
    properties: anyProperties,
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), (messages) => {
      const expected = messages.map((one) => ({ ...one, properties: { ...one.properties } }));
      expect(readBatch(encodeBatch(messages))).toEqual(expected);
    }),
  );
});

test("properties come out as they went in", () => {
  fc.assert(
    fc.property(anyProperties, (properties) => {
      expect(decodeProperties(encodeProperties(properties))).toEqual({ ...properties });
    }),
  );
});

test("any text is read as properties, whatever is wrong with it", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("\u0001", "\u0002", "a", "KEYS")), (pieces) => {
      for (const [name, value] of Object.entries(decodeProperties(pieces.join("")))) {
        expect(name).not.toBe("");
        expect(value).not.toBe("");
      }
    }),
  );
});

test.each([
  ["a separator in a name", { "a\u0001b": "c" }],
  ["a separator in a value", { a: "b\u0002" }],
  ["an empty value", { a: "" }],
  ["an empty name", { "": "a" }],
])("%s cannot be stored", (_, properties) => {
  expect(thrownBy(() => encodeProperties(properties)).code).toBe("ARGUMENT_INVALID");
});

test("properties of more than 32,767 bytes cannot be stored", () => {
  const message = { body: Buffer.from("x"), properties: { a: "ü".repeat(16_500) } };
  expect(thrownBy(() => encodeBatch([message])).code).toBe("ARGUMENT_INVALID");
});
