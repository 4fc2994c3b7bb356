import { expect, test } from "vitest";
import { generatedFiles, isStale } from "./generated-files.ts";

test("every generated file in the repository is what the code generates", () => {
  const stale = generatedFiles().filter(isStale);
  expect(
    stale.map(({ path }) => path),
    "run: make render",
  ).toEqual([]);
});
