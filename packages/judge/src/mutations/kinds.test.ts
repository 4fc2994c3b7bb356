import { describe, expect, test } from "vitest";
import { kindCheckNames } from "../history/expectation.ts";
import { kindRecords } from "../history/kind-records.ts";
import { parseLine } from "../history/parse-line.ts";
import type { StoredRecord } from "../history/record.ts";
import { Judge } from "../judgement/judge.ts";
import { withKinds } from "../synthetic/kinds.ts";
import { sampleRuns } from "../synthetic/runs.ts";
import { ofKinds } from "./of-kinds.ts";

const plain = sampleRuns.filter(({ name }) =>
  ["dledger-kill", "master-slave-sync-replica-kill", "no-fault"].includes(name),
);
const runs = plain.map(withKinds);

const types = new Set<string>(kindRecords.map((one) => one.shape.type.value));
const isOfKinds = ({ type }: StoredRecord) => types.has(type);

function judged(records: readonly StoredRecord[]) {
  const one = new Judge();
  for (const record of records) one.add(record);
  return one.finish().result;
}

test.each(runs.map((run) => [run.name, run] as const))("%s passes as it is", (_, run) => {
  const result = judged(run.records);
  expect([result.verdict, result.reasons]).toEqual(["pass", []]);
  expect(result.kinds?.map(({ kind }) => kind)).toEqual([
    "fifo",
    "delay",
    "transaction",
    "batch",
    "large",
    "pop",
  ]);
});

test("every record of a kind is a line of the published format", () => {
  const records = runs[0]?.records.filter((record) => record.type === "header" || isOfKinds(record)) ?? [];
  expect(new Set(records.map(({ type }) => type)).size).toBe(14);
  for (const record of records) expect(parseLine(JSON.stringify(record), "history.ndjson:1")).toEqual(record);
});

test("a plain run's checks are what they were: none of kinds", () => {
  for (const run of plain) {
    const result = judged(run.records);
    expect(result.kinds).toBeUndefined();
    expect(result.checks.filter(({ check }) => kindCheckNames.some((name) => name === check))).toEqual([]);
  }
});

describe("mutations of kinds", () => {
  // The unit tests try each on one run, another one for each; `make test-mutations` all on all.
  const all = process.env["HOTFIRE_ALL_MUTATIONS"] !== undefined;
  const cases = ofKinds.flatMap((mutation, index) =>
    (all ? runs : runs.slice(index % runs.length, (index % runs.length) + 1)).map((run) => ({
      run,
      mutation,
    })),
  );
  test.each(cases.map(({ run, mutation }) => [`${run.name}: ${mutation.name}`, run, mutation] as const))(
    "%s",
    (_, run, { change, verdict, check }) => {
      const result = judged(change(run.records));
      expect([result.verdict, result.reasons]).toEqual([verdict, expect.anything()]);
      const seen = result.checks.find((one) => one.check === check && one.status === verdict);
      expect(seen, `${check} in ${result.reasons.join("; ")}`).toBeDefined();
      // A violation is told in the verdict's sentence.
      if (verdict === "fail") expect(result.sentence).toContain(seen?.measured.split(" and ")[0] ?? "");
    },
  );

  test("each rule has one that it must catch", () => {
    expect(kindCheckNames.filter((name) => !ofKinds.some(({ check }) => check === name))).toEqual([]);
  });
});
