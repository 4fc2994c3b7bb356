import type { SampleRun } from "../synthetic/runs.ts";
import { edit, end, insert, insertAt } from "./edit.ts";
import { type Mutation, numberAt, s, unknown } from "./mutation.ts";

/** Moments that are not of one clock. */
export function ofMoments(run: SampleRun): Mutation[] {
  const at = (share: number) => numberAt(run, share);
  const first = run.groups[0] ?? "";
  return [
    unknown(
      "one-clock",
      "an answer came before its send",
      edit("send", (record) =>
        record.sequence === at(0.5) ? { ...record, sent: record.done + 1000 } : record,
      ),
    ),
    unknown(
      "one-clock",
      "a send was early",
      edit("send", (record) =>
        record.sequence === at(0.5) ? { ...record, scheduled: record.sent + 1 } : record,
      ),
    ),
    unknown(
      "one-clock",
      "something happened after the end",
      end((record) => ({ ...record, at: 3 * s })),
    ),
    unknown(
      "one-clock",
      "a role was seen days later",
      insert("phase", {
        type: "role",
        at: 20 * 24 * 3600 * s,
        group: first,
        node: "x",
        role: "starting",
        source: "broker",
      }),
    ),
    unknown(
      "one-clock",
      "a stall ended before it began",
      insertAt(run.until - s, { type: "tester-stall", begin: run.until - s, end: run.until - s - 50_000 }),
    ),
  ];
}
