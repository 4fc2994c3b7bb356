import { expect, test } from "vitest";
import { anchors, pathsInCode, relativeLinks, slug } from "./markdown.ts";

test.each([
  ["Sync means sync", "sync-means-sync"],
  ["The controllers' own leader", "the-controllers-own-leader"],
  ["`hotfire up`, and [down](x.md)", "hotfire-up-and-down"],
  ["A — b", "a--b"],
])("GitHub's name of %j is %j", (heading, name) => {
  expect(slug(heading)).toBe(name);
});

test("a heading that comes twice has a number the second time", () => {
  expect([...anchors("# A\n\n## Open\n\n## Open\n")]).toEqual(["a", "open", "open-1"]);
});

test("an id that the page sets itself is an anchor, a heading in code is none", () => {
  expect([...anchors('<a id="b6"></a>\n## B\n\n```sh\n# not a heading\n```\n')]).toEqual(["b6", "b"]);
});

test("links are found with their lines, those with a scheme and those in code are not", () => {
  const page =
    "[a](a.md#x) ![b](b.png)\n`[c](c.md)` [d](https://example.com)\n\n```\n[e](e.md)\n```\n[f](#f)\n";
  expect(relativeLinks(page)).toEqual([
    { line: 1, target: "a.md#x" },
    { line: 1, target: "b.png" },
    { line: 7, target: "#f" },
  ]);
});

test("paths are found in code within a line, not in fenced code, not with placeholders", () => {
  const page =
    "see `scripts/docs` and `packages/*/src`\n```\n`docker/jars`\n```\n`docs/README.md`, `src/a.ts`\n";
  expect(pathsInCode(page)).toEqual([
    { line: 1, target: "scripts/docs" },
    { line: 5, target: "docs/README.md" },
  ]);
});
