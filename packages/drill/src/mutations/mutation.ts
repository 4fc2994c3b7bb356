import type { SendRecord } from "../history/operations.ts";
import type { DrillResult } from "../result/result-schema.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import type { Change } from "./edit.ts";

/** A history that was changed on purpose, and what the judge must say of it. */
export interface Mutation {
  readonly name: string;
  readonly change: Change;
  readonly verdict: DrillResult["verdict"];
  /** The check that sees it. */
  readonly check: string;
  /** SHA-256 that a reader would have computed, where it matters. */
  readonly digest?: string;
  /** A figure that it must bring, and its value. */
  readonly figure?: { readonly of: (result: DrillResult) => unknown; readonly is: unknown };
}

/** A second, in the history's microseconds. */
export const s = 1_000_000;

/** The acknowledged sends of a run, or of one group in it. */
export function sendsOf(run: SampleRun, group?: string): SendRecord[] {
  return run.records.filter(
    (record): record is SendRecord =>
      record.type === "send" &&
      record.outcome === "acknowledged" &&
      (group === undefined || record.group === group),
  );
}
