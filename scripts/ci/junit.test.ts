import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { countJunit, junitFailures } from "./junit.ts";

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

it("tells what failed, with or without a message", () => {
  const file = join(folder, "failed.xml");
  writeFileSync(
    file,
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="JUnit Jupiter" tests="4" skipped="0" failures="2" errors="1">
<properties><property name="a" value="b"/></properties>
<testcase name="good()" classname="io.hotfire.A"/>
<testcase name="said()" classname="io.hotfire.A"><failure message="expected: &lt;1&gt; but was: &lt;2&gt;" type="E"><![CDATA[E: <1>
  at x]]></failure></testcase>
<testcase name="silent()" classname="io.hotfire.A"><failure type="org.E"><![CDATA[org.E]]></failure></testcase>
<testcase name="7" classname="io.hotfire.B"><error message="12" type="X">text</error></testcase>
</testsuite>
`,
  );
  expect(junitFailures(file)).toEqual([
    { what: "io.hotfire.A > said()", messages: ["expected: <1> but was: <2>"] },
    { what: "io.hotfire.A > silent()", messages: ["org.E"] },
    { what: "io.hotfire.B > 7", messages: ["12"] },
  ]);
  expect(countJunit(file)).toEqual({ passed: 1, failed: 3 });
});
