import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the judge says in words what a run does not show. */
const sources: readonly string[] = [
  "judgement/claim-bounds.ts",
  "judgement/evidence.ts",
  "judgement/routed-to.ts",
  "checkers/baseline.ts",
  "checkers/bursts.ts",
  "checkers/clock.ts",
  "checkers/consistency.ts",
  "checkers/coverage.ts",
  "checkers/fault-evidence.ts",
  "checkers/fault-moments.ts",
  "checkers/load.ts",
  "checkers/observed-changes.ts",
  "checkers/reading.ts",
  "checkers/told-once.ts",
  "checkers/topology.ts",
];

/** A piece of a sentence between two values, in quotes: words and nothing of the code around them. */
const pieces = /(?<=["`}])[A-Za-z0-9' ,:-]*[a-z] [a-z][A-Za-z0-9' ,:-]*(?=["`$])/g;
const leastLength = 12;

/** Every piece of every sentence of a doubt, as it stands in the source: a doubt without a mutation that brings it is held by nothing. */
export function doubtsInSource(): string[] {
  const found = sources.flatMap((file) => {
    const code = readFileSync(join(import.meta.dirname, "..", file), "utf8")
      .replaceAll(/\/\*[\s\S]*?\*\//g, "")
      .split("\n")
      .filter((line) => !/^\s*(?:\/\/|import |export \{)/.test(line))
      .join("\n");
    return [...code.matchAll(pieces)]
      .map(([piece]) => piece.trim())
      .filter(({ length }) => length >= leastLength);
  });
  return [...new Set(found)];
}
