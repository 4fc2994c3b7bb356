import { readFileSync } from "node:fs";
import { z } from "zod";

export type Count = { readonly passed: number; readonly failed: number };

const suite = z.object({
  tests: z.coerce.number().min(1),
  skipped: z.coerce.number(),
  failures: z.coerce.number(),
  errors: z.coerce.number(),
});

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
