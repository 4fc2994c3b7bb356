import type { DrillResult } from "./result-schema.ts";

/** A drill that could not be run here, and why. */
export interface Skipped {
  readonly drill: string;
  readonly mode: string;
  readonly reason: string;
}

/**
 * JUnit XML: one suite per drill, one test case per check. An unknown check is an error, a broken one a failure; a drill
 * that was not run is a suite with one skipped case.
 */
export function renderJunit(results: readonly DrillResult[], notRun: readonly Skipped[] = []): string {
  const suites = [...results.map(suite), ...notRun.map(skippedSuite)].join("\n");
  const tests = results.reduce((sum, result) => sum + result.checks.length + 1, 0) + notRun.length;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="hotfire drills" tests="${tests}">\n${suites}\n</testsuites>\n`;
}

function suite(result: DrillResult): string {
  const { run, checks } = result;
  const name = `${run.drill} on ${run.cluster.mode}`;
  const seconds = ((result.end.at ?? 0) / 1_000_000).toFixed(3);
  const failures =
    checks.filter((check) => check.status === "fail").length + (result.verdict === "fail" ? 1 : 0);
  const errors =
    checks.filter((check) => check.status === "unknown").length + (result.verdict === "unknown" ? 1 : 0);
  const cases = [
    testcase(name, "verdict", result.verdict, [result.sentence, ...result.reasons].join(" ")),
    ...checks.map((check) =>
      testcase(name, check.text, check.status, `measured: ${check.measured}; limit: ${check.limit}`),
    ),
  ];
  return [
    `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="0" time="${seconds}" timestamp="${xml(run.clock.origin)}">`,
    ...cases,
    "  </testsuite>",
  ].join("\n");
}

function skippedSuite({ drill, mode, reason }: Skipped): string {
  const name = xml(`${drill} on ${mode}`);
  return [
    `  <testsuite name="${name}" tests="1" failures="0" errors="0" skipped="1">`,
    `    <testcase classname="${name}" name="verdict"><skipped message="${xml(reason)}"/></testcase>`,
    "  </testsuite>",
  ].join("\n");
}

function testcase(suiteName: string, name: string, status: DrillResult["verdict"], message: string): string {
  const open = `    <testcase classname="${xml(suiteName)}" name="${xml(name)}"`;
  if (status === "pass") return `${open}/>`;
  const tag = status === "fail" ? "failure" : "error";
  return `${open}><${tag} message="${xml(message)}"/></testcase>`;
}

/** XML 1.0 forbids most control characters even as references. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.codePointAt(0)};`);
}
