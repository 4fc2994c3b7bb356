import { readFileSync } from "node:fs";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

export type Count = { readonly passed: number; readonly failed: number };
/** A test and what its error says, without its stack. */
export type Failure = { readonly what: string; readonly messages: readonly string[] };

const problem = z.object({ type: z.string().optional(), message: z.string().optional() });
const testCase = z.object({
  name: z.string(),
  classname: z.string().default(""),
  failure: z.array(problem).default([]),
  error: z.array(problem).default([]),
});
const report = z.object({
  testsuite: z.object({
    tests: z.coerce.number().min(1),
    skipped: z.coerce.number(),
    failures: z.coerce.number(),
    errors: z.coerce.number(),
    testcase: z.array(testCase).default([]),
  }),
});

// A problem without a message is an element of text alone; `alwaysCreateTextNode` makes an object of that too.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  alwaysCreateTextNode: true,
  isArray: (name) => ["testcase", "failure", "error"].includes(name),
});

function suiteOf(file: string) {
  return report.parse(parser.parse(readFileSync(file, "utf8"))).testsuite;
}

/** The reports of the processes that run the launcher's tests at once (docker/launcher-tests/run.sh). */
export function junitReports(folder: string): string[] {
  return ["replication", "services", "others"].map((name) => join(folder, name, "TEST-junit-jupiter.xml"));
}

/** Counts a JUnit report of one suite. One that is not there, or ran nothing, is a failure. */
export function countJunit(file: string): Count {
  try {
    const { tests, skipped, failures, errors } = suiteOf(file);
    return { passed: tests - skipped - failures - errors, failed: failures + errors };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** What failed in a JUnit report of one suite. Throws where it is none. */
export function junitFailures(file: string): Failure[] {
  return suiteOf(file)
    .testcase.map(({ name, classname, failure, error }) => ({
      what: `${classname} > ${name}`,
      messages: [...failure, ...error].map(({ type, message }) => message ?? type ?? "no message"),
    }))
    .filter(({ messages }) => messages.length > 0);
}
