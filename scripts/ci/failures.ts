/**
 * What failed, shortly, for the end of a long run's output: `failures.ts FILE|FOLDER...` reads what Vitest's JSON reporter (*.json) and
 * JUnit (a folder) wrote, and prints of each failed test, and of each file that failed outside its tests, what the error says.
 */
import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { z } from "zod";
import { projectRoot } from "../../test-e2e/support/names.ts";
import { type Failure, junitFailures, junitReports } from "./junit.ts";

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

/** The first lines, and those of a Java program's causes; no stack. */
const maxLines = 12;
const isStack = /^\s+(at|\.\.\.) /;

function shortly(message: string): string {
  const lines = message.split("\n").filter((line) => line.trim() !== "" && !isStack.test(line));
  const more = lines.length > maxLines ? [`(${lines.length - maxLines} more lines)`] : [];
  return [...lines.slice(0, maxLines), ...more].map((line) => `    ${line.slice(0, 300)}`).join("\n");
}

function vitestFailures(file: string): Failure[] {
  return report
    .parse(JSON.parse(readFileSync(file, "utf8")))
    .testResults.filter(({ status }) => status === "failed")
    .flatMap(({ name, message, assertionResults }) => {
      const path = relative(projectRoot, name);
      const tests = assertionResults
        .filter(({ status }) => status === "failed")
        .map(({ fullName, failureMessages }) => ({
          what: `${path} > ${fullName}`,
          messages: failureMessages,
        }));
      return message === "" ? tests : [...tests, { what: path, messages: [message] }];
    });
}

const failures = process.argv
  .slice(2)
  .flatMap((path) => (path.endsWith(".json") ? [path] : junitReports(path)))
  .filter((file) => existsSync(file))
  .flatMap((file) => (file.endsWith(".json") ? vitestFailures(file) : junitFailures(file)));

for (const { what, messages } of failures) {
  process.stdout.write(`FAILED ${what}\n${messages.map(shortly).join("\n")}\n`);
}
