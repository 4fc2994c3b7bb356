import { formatDuration } from "@hotfire/base";
import type { Micros } from "../history/micros.ts";
import type { PhaseRecord } from "../history/run-records.ts";

/**
 * A run looks every 250 ms whether anything failed, and writes that the load runs smoothly when it has for 4 s (`run/session.ts`). In nine stored
 * runs the record before it is of 3.91 s after the moment at least.
 */
const leastCalm: Micros = 3_500_000;

/** Was the load seen to run smoothly before anything was broken? What fails before that counts for no fault, so a moment that is too late would hide some. */
export class BaselineChecker {
  #isTold = false;
  readonly #problems: string[] = [];

  /** `front`: the latest moment that a record before it tells of. */
  addPhase({ name, at }: PhaseRecord, front: Micros): void {
    if (name !== "baseline" || this.#isTold) return;
    this.#isTold = true;
    // From its first moment on is as early as can be.
    if (at > 0 && front - at < leastCalm)
      this.#problems.push(
        `the load is said to run smoothly from a moment on that was ${formatDuration(Math.max(0, front - at))} ago`,
      );
  }

  addFault(): void {
    if (!this.#isTold && this.#problems.length === 0)
      this.#problems.push("a fault was ordered before the load was seen to run smoothly");
  }

  finish(): readonly string[] {
    return this.#problems;
  }
}
