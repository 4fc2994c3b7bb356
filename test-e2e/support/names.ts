import { join } from "node:path";

export const projectRoot: string = join(import.meta.dirname, "../..");

/** What a run leaves for a person: reports, logs, evidence of failures. Not under version control. */
export const reportsFolder: string = join(projectRoot, ".hotfire/tests");

/** One for all files of a run; `.ci/run` sets it to find what a killed run left behind. */
export function testRun(): string {
  process.env["HOTFIRE_TEST_RUN"] ??= `p${process.pid}`;
  return process.env["HOTFIRE_TEST_RUN"];
}

/** A cluster's name that tells whose it is. */
export function clusterName(purpose: string): string {
  return `${namePrefix()}${purpose}`;
}

export function namePrefix(): string {
  return `e2e-${testRun()}-`;
}

/** The run whose cluster this is, by its name. */
export function runOfCluster(name: string): string | undefined {
  return /^e2e-([^-]+)-/.exec(name)?.[1];
}

/** A spec of the tests' own. */
export function specFile(name: string): string {
  return join(projectRoot, "test-e2e/specs", `${name}.yaml`);
}
