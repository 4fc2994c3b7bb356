import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export type Count = { readonly passed: number; readonly failed: number };

const suite = z.object({
  tests: z.coerce.number().min(1),
  skipped: z.coerce.number(),
  failures: z.coerce.number(),
  errors: z.coerce.number(),
});

/** The reports of the processes that run the launcher's tests at once (docker/launcher-tests/run.sh). */
export function junitReports(folder: string): string[] {
  return ["waiting", "others"].map((name) => join(folder, name, "TEST-junit-jupiter.xml"));
}

/** Counts a JUnit report of one suite. One that is not there, or ran nothing, is a failure. */
export function countJunit(file: string): Count {
  try {
    const [tag] = /<testsuite [^>]*>/.exec(readFileSync(file, "utf8")) ?? [""];
    const attributes = [...tag.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]);
    const { tests, skipped, failures, errors } = suite.parse(Object.fromEntries(attributes));
    return { passed: tests - skipped - failures - errors, failed: failures + errors };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
