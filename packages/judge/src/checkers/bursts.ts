import { formatCount, formatDuration, plural } from "@hotfire/base";
import type { Micros } from "../history/micros.ts";
import type { SendRecord } from "../history/operations.ts";
import type { BurstRecord, HeaderRecord } from "../history/run-records.ts";

/** Two readings of one clock, and moments of a history that was thinned out. */
const rounding: Micros = 200;
/** A burst asks for as much as a group takes: it sends no less than the schedule, which rests meanwhile, would have. */
const leastShare = 0.99;

/** What was sent while bursts may be: what a burst tells comes after its sends. */
interface Recent {
  readonly group: string;
  readonly sent: Micros;
  readonly done: Micros;
  readonly isAcknowledged: boolean;
}

/** Sends that may come before a burst, or between two. */
const mostKept = 2_000_000;

/**
 * Were the bursts there that a history tells of? While one lasts the schedule rests and one group gets everything, so a burst that never was would
 * excuse a load that stood still or went to one group. Only a claim about throughput asks for bursts.
 */
export class BurstChecker {
  readonly #problems = new Set<string>();
  readonly #bursts: BurstRecord[] = [];
  #wanted = false;
  /** Sends per second of the schedule. */
  #rate = 0;
  #sends: Recent[] = [];

  addHeader({ expectation, workload }: HeaderRecord): void {
    this.#rate = workload.rate;
    this.#wanted = expectation?.rules.some(({ check }) => check === "throughput") === true;
  }

  addSend({ group, sent, done, outcome }: SendRecord): void {
    // Without a claim about throughput there is no burst to hold it against.
    if (!this.#wanted || this.#sends.length >= mostKept) return;
    this.#sends.push({ group, sent, done, isAcknowledged: outcome === "acknowledged" });
  }

  addBurst(burst: BurstRecord): void {
    const { group, begin, end } = burst;
    if (!this.#wanted) this.#tell("bursts are told, and nothing was claimed of throughput");
    if (this.#bursts.some((other) => other.begin < end && begin < other.end))
      this.#tell("two bursts are told of one time");
    this.#bursts.push(burst);
    const acknowledged = this.#sends.filter(
      (one) =>
        one.group === group &&
        one.isAcknowledged &&
        one.done >= begin - rounding &&
        one.done <= end + rounding,
    ).length;
    const atEdges = this.#sends.filter(
      (one) =>
        one.group === group &&
        (Math.abs(one.done - begin) <= rounding || Math.abs(one.done - end) <= rounding),
    ).length;
    if (Math.abs(acknowledged - burst.acknowledged) > atEdges)
      this.#tell(
        `a burst on ${group} counts ${formatCount(burst.acknowledged)} acknowledged, and the history has ${formatCount(acknowledged)}`,
      );
    const elsewhere = this.#sends.filter(
      (one) => one.group !== group && one.sent > begin + rounding && one.sent < end - rounding,
    ).length;
    if (elsewhere > 0)
      this.#tell(`a burst on ${group} is told, and ${plural(elsewhere, "message")} went elsewhere`);
    const sent = this.#sends.filter(
      (one) => one.group === group && one.sent >= begin - rounding && one.sent <= end + rounding,
    ).length;
    if (sent < (this.#rate * leastShare * (end - begin)) / 1e6 - 1)
      this.#tell(
        `a burst on ${group} of ${formatDuration(end - begin)} has ${plural(sent, "send")}, fewer than the schedule`,
      );
    this.#sends = this.#sends.filter((one) => one.sent > end - rounding);
  }

  finish(): string[] {
    return [...this.#problems];
  }

  #tell(problem: string): void {
    if (this.#problems.size < 20) this.#problems.add(problem);
  }
}
