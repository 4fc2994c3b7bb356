import { describe, expect, test } from "vitest";
import { Judge, type JudgeOptions } from "../judgement/judge.ts";
import { type SampleRun, sampleRuns } from "../synthetic/runs.ts";
import { doubtsInSource } from "../testing/doubts-in-source.ts";
import { storedRuns } from "../testing/stored-runs.ts";
import { standingRules } from "../verdict/combine-rules.ts";
import type { Mutation } from "./mutation.ts";
import { mutationsOf } from "./mutations.ts";

/** Invented runs of every mode, and small parts of real ones. */
const runs: readonly SampleRun[] = [...sampleRuns, ...storedRuns()];
const cases = runs.flatMap((run) => mutationsOf(run).map((mutation) => ({ run, mutation })));
/** `make test-mutations` judges all of them; the unit tests every kind of mutation once, by turns on one of the smallest runs that it is made of. */
const all = process.env["HOTFIRE_ALL_MUTATIONS"] !== undefined;
const smallestFirst = cases.toSorted((a, b) => a.run.records.length - b.run.records.length);
const kinds = Map.groupBy(smallestFirst, ({ mutation }) =>
  mutation.name.replace(/broker-[a-z]|\bf\d|^[a-z-]+: /g, "X"),
);
const turns = 3;
const chosen = all
  ? cases
  : [...kinds.values()].flatMap((same, index) => same[index % Math.min(turns, same.length)] ?? []);

/** Doubts that no mutation brings without another one, since what they are of breaks other rules too; each has a test of its own, in the file that is named. */
const heldElsewhere: readonly string[] = [
  // The rule `history-format`, below.
  "a history of format 1 does not tell what was claimed, whether the cluster was whole again, whether consumers had everything and which replica clients were routed to, and has no checksum",
  // judgement/judge.test.ts
  "the history stops in the middle of a line, its writer was killed",
  "nothing was acknowledged",
  "nothing was acknowledged before the first fault",
  "acknowledged nothing before the first fault",
  // judgement/routed-to.test.ts
  "was the last one to acknowledge",
  // checkers/consistency.test.ts
  "was delivered before it was sent",
  "a broker acknowledged that is not told",
  // checkers/coverage.test.ts
  "no replica of",
  "two replicas of",
  "count as what clients read:",
  // checkers/fault-evidence.test.ts
  "was healed before it was in force",
  "says that it hit",
  ", and its nodes are of",
  // checkers/load.test.ts
  "nothing was sent",
  "nothing was read",
  "there was no",
  "was due before the first fault",
  "was due while",
  "was in force",
  "was due after",
  // checkers/reading.test.ts
  "was read, and the header knows no such broker",
  "was read, and the header knows no such queue",
  // checkers/topology.test.ts
  "the header names a group twice",
];

function judged(run: SampleRun, mutation?: Mutation, options: JudgeOptions = {}) {
  const one = new Judge();
  for (const record of mutation?.change(run.records) ?? run.records) one.add(record);
  if (mutation?.digest !== undefined) one.digest = mutation.digest;
  return one.finish(options).result;
}

const judgements = new Map<Mutation, ReturnType<typeof judged>>();

/** Each mutation is judged once, by whichever test comes first. */
function judgementOf(run: SampleRun, mutation: Mutation) {
  const known = judgements.get(mutation) ?? judged(run, mutation);
  judgements.set(mutation, known);
  return known;
}

test("there are more than 200 mutations", () => {
  expect(cases.length).toBeGreaterThan(200);
});

test.each(runs.map((run) => [run.name, run] as const))("%s passes as it is", (_, run) => {
  const result = judged(run);
  expect([result.verdict, result.reasons]).toEqual(["pass", []]);
});

describe("mutations", () => {
  test.each(chosen.map(({ run, mutation }) => [`${run.name}: ${mutation.name}`, run, mutation] as const))(
    "%s",
    (_, run, mutation) => {
      const { verdict, check, figure } = mutation;
      const result = judgementOf(run, mutation);
      expect([result.verdict, result.reasons]).toEqual([verdict, expect.anything()]);
      const seen = result.checks.find((one) => one.check === check && one.status === verdict);
      expect(seen, `${check} in ${result.reasons.join("; ")}`).toBeDefined();
      if (figure !== undefined) expect(figure.of(result)).toEqual(figure.is);
    },
  );
});

describe("mutants of the judge", () => {
  test("without any of its doubts a mutation gets away", () => {
    // What made a verdict by itself: without that rule the mutation would have got away.
    const brought = chosen.flatMap(({ run, mutation }) => {
      const { reasons } = judgementOf(run, mutation);
      return reasons.length === 1 ? reasons : [];
    });
    const idle = doubtsInSource().filter((doubt) => brought.every((reason) => !reason.includes(doubt)));
    // Which mutation is tried on which run changes with every new one.
    expect(idle.filter((doubt) => !heldElsewhere.includes(doubt))).toEqual([]);
  });

  test.each(standingRules.map((rule) => [rule.check, rule] as const))(
    "without the rule %s a mutation gets away",
    (name, rule) => {
      const without = standingRules.filter((one) => one !== rule);
      for (const { run, mutation } of smallestFirst.filter((one) => one.mutation.check === name)) {
        const result = judged(run, mutation, { standing: without });
        if (result.verdict !== mutation.verdict) return;
      }
      expect.fail(`no mutation depends on ${name}`);
    },
  );
});
