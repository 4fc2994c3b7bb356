import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "../../test-e2e/support/names.ts";

const files = globSync("test-e2e/**/*.e2e.test.ts", { cwd: projectRoot });

it("there are end-to-end tests to look at", () => {
  expect(files.length).toBeGreaterThan(50);
});

it.each(files)("%s says its tier, and why", (file) => {
  const text = readFileSync(join(projectRoot, file), "utf8");
  expect(text).toMatch(/^\/\*\*\n \* @module-tag (quick|full)\n \* \S.{10,}\n/);
  expect(text.match(/@module-tag/g)).toHaveLength(1);
});
