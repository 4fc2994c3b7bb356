import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { countJunit } from "./junit.ts";

const folder = mkdtempSync(join(tmpdir(), "hotfire-junit-"));
afterAll(() => rmSync(folder, { recursive: true }));

function counted(tag: string) {
  const file = join(folder, "report.xml");
  writeFileSync(file, `<?xml version="1.0" encoding="UTF-8"?>\n${tag}\n<testcase name="a"/>\n</testsuite>\n`);
  return countJunit(file);
}

it("counts failures, errors and what was skipped apart", () => {
  const tag = `<testsuite name="JUnit Jupiter" tests="9" skipped="2" failures="1" errors="1" time="0.381" hostname="vm">`;
  expect(counted(tag)).toEqual({ passed: 5, failed: 2 });
});

it("counts as a failure what ran no test, is no report or is not there", () => {
  const failure = { passed: 0, failed: 1 };
  expect(counted(`<testsuite tests="0" skipped="0" failures="0" errors="0">`)).toEqual(failure);
  expect(counted("<testsuite>")).toEqual(failure);
  expect(countJunit(join(folder, "none.xml"))).toEqual(failure);
});
