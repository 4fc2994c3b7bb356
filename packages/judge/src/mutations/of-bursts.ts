import type { BurstRecord } from "../history/run-records.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import { pauseLoad, recount } from "./changes.ts";
import { type Change, chain, header, insertAt } from "./edit.ts";
import { type Mutation, s, unknown } from "./mutation.ts";

/** Bursts that never were, in place of a load that was missing or uneven. */
export function ofBursts(run: SampleRun): Mutation[] {
  const group = run.groups[0] ?? "";
  const from = run.baseline + 2 * s;
  const burst = (part: Partial<BurstRecord> = {}): BurstRecord => ({
    type: "burst",
    group,
    concurrency: 32,
    begin: from,
    end: from + s,
    acknowledged: 0,
    failed: 0,
    ...part,
  });
  const claimed: Change = header((record) =>
    record.expectation === undefined
      ? record
      : {
          ...record,
          expectation: {
            ...record.expectation,
            rules: [
              ...record.expectation.rules,
              { check: "throughput", of: "first", against: "first", min: 0.1 },
            ],
          },
        },
  );
  const within = run.records.filter(
    (record) =>
      record.type === "send" &&
      record.group === group &&
      record.outcome === "acknowledged" &&
      record.done >= from &&
      record.done <= from + s,
  ).length;
  const told = (...bursts: readonly BurstRecord[]) => insertAt(from + s, ...bursts);
  return [
    unknown(
      "consistent",
      "a burst is told where none was claimed",
      told(burst({ acknowledged: within, end: from + s })),
    ),
    unknown(
      "consistent",
      "a burst is told where nothing was sent",
      chain(claimed, pauseLoad(run, from - 50_000, from + s + 50_000), recount, told(burst())),
    ),
    unknown(
      "consistent",
      "a burst counts more than was sent",
      chain(claimed, told(burst({ acknowledged: within + 500 }))),
    ),
    unknown(
      "consistent",
      "two bursts are told of one time",
      chain(claimed, told(burst({ acknowledged: within }), burst({ acknowledged: within }))),
    ),
    ...(run.groups.length < 2
      ? []
      : [
          unknown(
            "consistent",
            "a burst is told while other groups got their share",
            chain(claimed, told(burst({ acknowledged: within }))),
          ),
        ]),
  ];
}
