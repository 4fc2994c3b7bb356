import fc from "fast-check";
import type { FrameToEncode } from "../protocol/frame.ts";

const name = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text !== "__proto__");

/** Any frame this package may have to write. */
export const anyFrame: fc.Arbitrary<FrameToEncode> = fc.record(
  {
    code: fc.integer({ min: -2000, max: 400_000 }),
    opaque: fc.integer({ min: 0, max: 0x7fffffff }),
    kind: fc.constantFrom("request" as const, "one-way" as const, "response" as const),
    fields: fc.dictionary(name, fc.string(), { maxKeys: 8 }),
    remark: fc.string(),
    body: fc.uint8Array({ maxLength: 300 }),
  },
  { requiredKeys: ["code", "opaque", "kind"] },
);

const storable = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
  .filter((text) => !text.includes("\u0001") && !text.includes("\u0002") && text !== "__proto__");

/** Any properties that a message can have. */
export const anyProperties: fc.Arbitrary<Record<string, string>> = fc.dictionary(storable, storable, {
  maxKeys: 5,
});

/** Cuts bytes into pieces at the given places. */
export function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b);
  const edges = [0, ...sorted, bytes.length];
  return edges.slice(1).map((end, n) => bytes.subarray(edges[n], end));
}
