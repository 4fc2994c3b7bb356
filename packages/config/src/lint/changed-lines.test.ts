import fc from "fast-check";
import { expect, test } from "vitest";
import { changedLines } from "./changed-lines.ts";

test("a change shows its lines as they were and as they are", () => {
  expect(changedLines("a=1\nb=2\nsame\nc=3", "a=9\nsame\nc=7")).toEqual([
    { line: 1, before: ["a=1", "b=2"], after: ["a=9"] },
    { line: 4, before: ["c=3"], after: ["c=7"] },
  ]);
  expect(changedLines("a\r\nb", "# a\r\na\r\nb")).toEqual([{ line: 1, before: [], after: ["# a"] }]);
});

test("what is said to change, done to the old lines, makes the new ones", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (was, is) => {
      const made: string[] = [...was];
      for (const { line, before, after } of changedLines(was.join("\n"), is.join("\n")).toReversed())
        expect(made.splice(line - 1, before.length, ...after)).toEqual(before);
      expect(made).toEqual(is);
    }),
  );
});
