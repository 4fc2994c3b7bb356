import { formatDuration } from "@hotfire/base";
import type { Micros } from "../history/micros.ts";
import type { OperationRecord } from "../history/operations.ts";
import type { HistoryRecord } from "../history/record.ts";

/** An official client's process tells what it did this much later at most. */
const latest: Micros = 60_000_000;
/**
 * What the run's own process knows it writes in the same turn of its event loop: in nine stored runs no record is behind one that was
 * written before it.
 */
const latestOwn: Micros = 250_000;

/** Are the moments of a history of one clock? Scheduled before sent before answered, and written in the order in which it was known. */
export class ClockChecker {
  #front: Micros = 0;
  #problem: string | undefined;

  /** The latest moment so far. */
  get front(): Micros {
    return this.#front;
  }

  /** `known`: when the record's fact was known; `what` it is, for a person. */
  add(known: Micros, what: string, may: Micros = latestOwn): void {
    if (known > this.#front) this.#front = known;
    else if (this.#front - known > may)
      this.#tell(`a record (${what}) was written ${formatDuration(this.#front - known)} after its moment`);
  }

  addOperation({ type, client, scheduled, sent, done }: OperationRecord): void {
    if (scheduled > sent || sent > done)
      this.#tell("an operation was answered before it was sent, or sent before it was due");
    this.add(done, type, client === "hotfire" ? latestOwn : latest);
  }

  addSpan(begin: Micros, end: Micros, what: string): void {
    if (begin > end) this.#tell("something ended before it began");
    this.add(end, what);
  }

  /** `end`: of the history. */
  finish(end: Micros | undefined): string[] {
    if (end !== undefined && this.#front > end) this.#tell("something happened after the end");
    return this.#problem === undefined ? [] : [this.#problem];
  }

  #tell(problem: string): void {
    this.#problem ??= problem;
  }
}

/** When the fact of a record that is no operation was known; undefined for what was looked up later. */
export function knownAt(record: HistoryRecord): Micros | undefined {
  switch (record.type) {
    case "log":
    case "torn":
    case "header":
    // It is told when it has lasted for a while.
    case "phase":
      return undefined;
    default:
      return "at" in record ? record.at : undefined;
  }
}
