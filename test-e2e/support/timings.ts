import { appendFileSync, mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { projectRoot, reportsFolder } from "./names.ts";

/** Where the minutes of a run go: one JSON line for each command and each wait, for scripts/tests/minutes.ts. */
export const timingsFile: string = join(reportsFolder, "timings.ndjson");

/** Set by each-file.ts: the test file that this process runs. */
export const testFileVariable = "HOTFIRE_TEST_FILE";

export function recordTime(what: string, ms: number): void {
  const file = process.env[testFileVariable];
  const record = {
    file: file === undefined ? "setup" : relative(projectRoot, file),
    what,
    ms: Math.round(ms),
  };
  mkdirSync(reportsFolder, { recursive: true });
  appendFileSync(timingsFile, `${JSON.stringify(record)}\n`);
}

/** `hotfire up`, `docker compose up`, `make cluster-dledger`, `Java client`: what a command is for, not with what. */
export function kindOfCommand(command: string, args: readonly string[]): string {
  const program = command.split("/").at(-1) ?? command;
  const [first = "", second = ""] = args.filter((word) => !word.startsWith("-"));
  if (program === "hotfire")
    return ["drill", "node"].includes(first) ? `hotfire ${first} ${second}` : `hotfire ${first}`;
  if (program === "docker" && first === "compose") {
    return `docker compose ${args.find((word) => ["up", "down", "restart", "stop", "start"].includes(word)) ?? "other"}`;
  }
  if (program === "docker") return first === "run" || first === "build" ? `docker ${first}` : "docker, other";
  return program === "make" ? `make ${first}` : program;
}
