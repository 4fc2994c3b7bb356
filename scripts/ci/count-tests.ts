/**
 * Sums what Vitest's JSON reporter (*.json) and JUnit (a folder) wrote: `count-tests.ts FILE|FOLDER...` prints "N passed, N failed".
 * A file that could not be loaded, or a run that wrote no report at all, ran none of its tests: each counts as one failure.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Count, countJunit, junitReports } from "./junit.ts";

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

function countVitest(file: string): Count {
  let parsed: z.infer<typeof report>;
  try {
    parsed = report.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return { passed: 0, failed: 1 };
  }
  const filesWithoutFailedTest = parsed.testResults.filter(
    (result) =>
      result.status === "failed" && !result.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = parsed.numFailedTests + filesWithoutFailedTest;
  // Unhandled errors fail a run without failing a test.
  return { passed: parsed.numPassedTests, failed: failed === 0 && !parsed.success ? 1 : failed };
}

const counts = process.argv
  .slice(2)
  .flatMap((path) => (path.endsWith(".json") ? [countVitest(path)] : junitReports(path).map(countJunit)));
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
