import { formatDuration } from "@hotfire/base";
import type { FaultHealedRecord, FaultInjectedRecord, FaultPlannedRecord } from "../history/fault-records.ts";
import type { Micros } from "../history/micros.ts";
import type { PhaseRecord } from "../history/run-records.ts";

/** Moments are kept to a tenth of a millisecond where a history was thinned out. */
const rounding: Micros = 10_000;
/** Between the phase of a healing and its order nothing is waited for: the longest that the tester itself may stand still. */
const atOnce: Micros = 1_000_000;
const phases = {
  "fault-planned": ["fault"],
  "fault-injected": ["fault"],
  "fault-healed": ["recovery", "settle"],
} as const;

/**
 * Were the steps of the faults ordered when the records around them say so? A run takes one step after another, enters the phase of a step
 * before it, and plans a fault before it injects it: an order that is told elsewhere would move every gap that is measured from it.
 */
export class FaultMoments {
  /** When the step before this one was over. */
  #over: Micros = 0;
  #phase: PhaseRecord | undefined;
  /** No step came yet in the present phase. */
  #isFirst = false;
  readonly #planned = new Map<string, Micros>();
  readonly #problems: string[] = [];

  addPhase(record: PhaseRecord): void {
    this.#phase = record;
    this.#isFirst = true;
  }

  addPlanned({ fault, at, type }: FaultPlannedRecord): void {
    this.#planned.set(fault, at);
    this.#follow(fault, at, at, type);
  }

  addStep({ fault, begin, end, type }: FaultInjectedRecord | FaultHealedRecord): void {
    const planned = this.#planned.get(fault);
    if (planned !== undefined && begin + rounding < planned)
      this.#tell(`the fault ${fault} was ordered ${formatDuration(planned - begin)} before it was planned`);
    this.#follow(fault, begin, end, type);
  }

  addError(at: Micros): void {
    this.#over = Math.max(this.#over, at);
    this.#isFirst = false;
  }

  /** `mayStandBy`: a step of this run may find nothing to do, as in chaos, and leave its phase to a later one. */
  finish(mayStandBy: boolean): string[] {
    return this.#problems.filter((problem) => !mayStandBy || !problem.endsWith(lateWords));
  }

  #follow(
    fault: string,
    begin: Micros,
    end: Micros,
    type: "fault-planned" | "fault-injected" | "fault-healed",
  ): void {
    const what = type === "fault-healed" ? "healing" : "order";
    if (begin + rounding < this.#over)
      this.#tell(
        `the ${what} of the fault ${fault} is told ${formatDuration(this.#over - begin)} before the step before it was over`,
      );
    const phase = this.#phase;
    if (phase !== undefined && phases[type].some((name) => name === phase.name)) {
      if (begin + rounding < phase.at)
        this.#tell(
          `the ${what} of the fault ${fault} is told ${formatDuration(phase.at - begin)} before its phase began`,
        );
      if (type === "fault-healed" && this.#isFirst && begin - phase.at > atOnce)
        this.#tell(
          `the healing of the fault ${fault} is told ${formatDuration(begin - phase.at)} ${lateWords}`,
        );
    }
    this.#over = Math.max(this.#over, end);
    this.#isFirst = false;
  }

  #tell(problem: string): void {
    if (this.#problems.length < 20) this.#problems.push(problem);
  }
}

const lateWords = "after its phase began";
