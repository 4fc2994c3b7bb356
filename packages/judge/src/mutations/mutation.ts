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

/** What the judge must call a violation. */
export function fail(check: string, name: string, change: Change, figure?: Mutation["figure"]): Mutation {
  return { name, change, verdict: "fail", check, ...(figure === undefined ? {} : { figure }) };
}

/** What the judge must not take for shown. */
export function unknown(check: string, name: string, change: Change): Mutation {
  return { name, change, verdict: "unknown", check };
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

/** The number of an acknowledged message, by its place among them. */
export function numberAt(run: SampleRun, share: number): number {
  const sends = sendsOf(run);
  return sends[Math.floor(sends.length * share)]?.sequence ?? 0;
}

/** Three messages, far apart. */
export function someOf(run: SampleRun): ReadonlySet<number> {
  return new Set([0.3, 0.5, 0.7].map((share) => numberAt(run, share)));
}

/** Its consumer pulls; an official one is called with messages. */
export function isPulled(run: SampleRun): boolean {
  return run.records.every((record) => record.type !== "consume" || record.client === "hotfire");
}

/** The number of a message that was acknowledged while a fault was in force or settled; undefined where none was. */
export function numberInFault(run: SampleRun): number | undefined {
  const [fault] = run.faults;
  if (fault === undefined) return undefined;
  return sendsOf(run).find(({ sent, done }) => sent > fault.begin + s && done < fault.healed)?.sequence;
}
