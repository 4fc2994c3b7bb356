import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { scalar } from "./yaml-scalar.ts";

const names = fc.oneof(
  fc.string(),
  // Close to what YAML takes for a number, a switch or nothing.
  fc.stringMatching(/^[eE.xo_-]{0,3}[0-9_.eE-]{0,4}$/),
  fc.constantFrom(
    "y",
    "N",
    "On",
    "NULL",
    "~",
    ".nan",
    ".inf",
    "0x1F",
    "0o7",
    "12:30",
    "2026-11-28",
    "<<",
    "=",
  ),
);

test.each(["1.1", "1.2"] as const)("any text is that text in YAML %s", (version) => {
  fc.assert(
    fc.property(names, (text) => {
      expect(parse(`key: ${scalar(text)}`, { version })).toEqual({ key: text.replaceAll("$", "$$$$") });
    }),
    { numRuns: 1000 },
  );
});
