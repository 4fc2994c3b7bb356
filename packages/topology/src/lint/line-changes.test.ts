import { expect, test } from "vitest";
import { lineChanges } from "./line-changes.ts";

test("a change shows its lines as they were and as they are", () => {
  const text = "a=1\nb=2\nc=3";
  expect(
    lineChanges(text, [
      { start: 2, end: 3, text: "9" },
      { start: 4, end: 8, text: "" },
      { start: 10, end: 11, text: "7" },
    ]),
  ).toEqual([
    { line: 1, before: ["a=1"], after: ["a=9"] },
    { line: 2, before: ["b=2"], after: [] },
    { line: 3, before: ["c=3"], after: ["c=7"] },
  ]);
});
