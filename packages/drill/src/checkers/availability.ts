import type { Micros } from "../history/micros.ts";
import { type OperationRecord, type Verb, verbs } from "../history/operations.ts";
import type { FaultWindow } from "./faults.ts";
import { type Gap, Lane, minGap } from "./lane.ts";

/** A time in which one verb did not work on one broker group. */
export interface Outage {
  readonly group: string;
  readonly verb: Verb;
  /** Last success before it, or the fault when that is later. */
  readonly from: Micros;
  /** First success after it; undefined when none came. */
  readonly to: Micros | undefined;
  readonly failed: number;
  readonly inDoubt: number;
  /** The fault whose consequence it is; undefined outside every fault's window. */
  readonly fault: string | undefined;
  /** It began when that fault was already being healed. */
  readonly duringHealing: boolean;
}

/** What one fault cost one verb on one broker group. */
export interface Recovery {
  readonly fault: string;
  readonly group: string;
  readonly verb: Verb;
  /**
   * Fault ordered -> first success after the longest outage; 0 without an outage, undefined when it never came back. An outage
   * that began long after the order counts from its own begin.
   */
  readonly rto: Micros | undefined;
  /** When it never came back: how long it was watched. A lower bound of the RTO. */
  readonly atLeast?: Micros;
  /** Sum of this fault's outages. */
  readonly downtime: Micros;
  /** The longest of them, also one that began with the healing and is no RTO. */
  readonly longest: Micros;
  /** Fault ordered -> end of its last outage: later failures belong to nobody. */
  readonly settled: Micros | undefined;
  /** The longest outage ended only after healing had begun. */
  readonly neededHealing: boolean;
}

export interface LaneFindings {
  readonly group: string;
  readonly verb: Verb;
  readonly attempts: number;
  readonly acknowledged: number;
  readonly failed: number;
  readonly inDoubt: number;
  /** Acknowledged share of all operations on schedule. */
  readonly availability: number;
  /** Distance of operations on schedule: no RTO is known better than this. */
  readonly resolution: Micros | undefined;
  /** From the schedule to the answer, acknowledged operations only. */
  readonly latency: { readonly p50?: Micros; readonly p99?: Micros; readonly max: Micros };
  readonly schedulingErrorP99: Micros | undefined;
  readonly outages: readonly Outage[];
  /** Failures that were sent outside every fault's window, and in no outage that a fault began. */
  readonly outsideFaults: number;
  /** What the failures were, most frequent first. */
  readonly causes: readonly { readonly cause: string; readonly count: number }[];
}

export interface AvailabilityFindings {
  readonly lanes: readonly LaneFindings[];
  readonly recoveries: readonly Recovery[];
}

/** Without a single failure, only silence of this length (or ten operations) is an outage. */
const stall: Micros = 500_000;

/** Write and read availability, one lane per broker group and verb: another group's success never ends an outage. */
export class AvailabilityChecker {
  readonly #lanes: Readonly<Record<Verb, Map<string, Lane>>> = { send: new Map(), consume: new Map() };
  readonly #backlogs = new Map<string, number>();

  /** `firstDeliveries`: messages in this consume record that its consumer group had not had. */
  add(record: OperationRecord, firstDeliveries: number): void {
    let backlog = this.#backlogs.get(record.group) ?? 0;
    if (record.type === "send") backlog += record.outcome === "acknowledged" ? 1 : 0;
    else backlog -= firstDeliveries;
    this.#backlogs.set(record.group, backlog);
    const verbLanes = this.#lanes[record.type];
    let lane = verbLanes.get(record.group);
    if (lane === undefined) {
      lane = new Lane();
      verbLanes.set(record.group, lane);
    }
    lane.add(record, backlog);
  }

  /** `baseline`: when the load ran smoothly for the first time; what failed before it is nobody's fault. */
  finish(windows: readonly FaultWindow[], baseline: Micros = 0): AvailabilityFindings {
    const lanes = verbs.flatMap((verb) =>
      [...this.#lanes[verb]].map(([group, lane]) => this.#finishLane(lane, verb, group, windows, baseline)),
    );
    lanes.sort((a, b) => a.group.localeCompare(b.group) || b.verb.localeCompare(a.verb));
    const recoveries = windows.flatMap((window) =>
      lanes.map((lane) => recovery(lane, window, this.#end(lane))),
    );
    return { lanes, recoveries };
  }

  #end(lane: LaneFindings): Micros {
    return this.#lanes[lane.verb].get(lane.group)?.lastDone ?? 0;
  }

  #finishLane(
    lane: Lane,
    verb: Verb,
    group: string,
    windows: readonly FaultWindow[],
    baseline: Micros,
  ): LaneFindings {
    const spacing = lane.spacing ?? 0;
    const gaps = this.#gaps(lane, verb, group).filter(
      (gap) => (gap.to ?? lane.lastDone) - gap.from >= Math.max(minGap, 3 * spacing),
    );
    const blames = gaps.map((gap) => blame(gap, windows, Math.max(50_000, 3 * spacing)));
    const counts = gaps.map(() => ({ failed: 0, inDoubt: 0 }));
    let outsideFaults = 0;
    for (const failure of lane.failures()) {
      const index = findGap(gaps, failure.sent) ?? findGap(gaps, failure.done);
      const count = index === undefined ? undefined : counts[index];
      if (count !== undefined) count[failure.outcome === "failed" ? "failed" : "inDoubt"] += 1;
      // What a fault began is the fault's to its end, however long a slow machine takes to come back.
      const isCaused = index !== undefined && blames[index]?.fault !== undefined;
      const isWarmUp = failure.sent < baseline;
      if (
        !isCaused &&
        !isWarmUp &&
        !windows.some((window) => failure.done >= window.begin && failure.sent < window.end)
      )
        outsideFaults += 1;
    }
    const outages = gaps.flatMap((gap, index): Outage[] => {
      const count = counts[index] ?? { failed: 0, inDoubt: 0 };
      const blamed = blames[index] ?? { from: gap.from, fault: undefined, duringHealing: false };
      const length = (gap.to ?? lane.lastDone) - gap.from;
      const isSilent = count.failed + count.inDoubt === 0;
      if (isSilent && length < Math.max(stall, 10 * spacing)) return [];
      return [{ group, verb, to: gap.to, ...count, ...blamed }];
    });
    const causes = [...lane.codes]
      .map(([cause, count]) => ({ cause, count }))
      .sort((a, b) => b.count - a.count);
    const p50 = lane.latency.quantile(0.5);
    const p99 = lane.latency.quantile(0.99);
    return {
      group,
      verb,
      attempts: lane.attempts,
      acknowledged: lane.acknowledged,
      failed: lane.failed,
      inDoubt: lane.inDoubt,
      availability: lane.attempts === 0 ? 0 : lane.acknowledged / lane.attempts,
      resolution: lane.spacing,
      latency: {
        ...(p50 === undefined ? {} : { p50 }),
        ...(p99 === undefined ? {} : { p99 }),
        max: lane.latency.max,
      },
      schedulingErrorP99: lane.schedulingError.quantile(0.99),
      outages,
      outsideFaults,
      causes,
    };
  }

  /** Gaps between successes, with the open ends of the run. */
  #gaps(lane: Lane, verb: Verb, group: string): Gap[] {
    if (lane.firstSuccess === undefined || lane.lastSuccess === undefined) {
      return lane.attempts === 0 ? [] : [{ from: lane.firstScheduled, to: undefined, backlog: 0 }];
    }
    const gaps: Gap[] = [{ from: lane.firstScheduled, to: lane.firstSuccess, backlog: 0 }, ...lane.gaps];
    // Operations that were scheduled after the last success and did not succeed: nothing works any more.
    if (lane.lastScheduled > lane.lastSuccess)
      gaps.push({ from: lane.lastSuccess, to: undefined, backlog: 0 });
    if (verb === "send" || lane.pushed === 0) return gaps;
    return gaps.flatMap((gap) => this.#whereSomethingWaited(gap, group));
  }

  /** A client that is called with messages is silent when there are none: only a backlog makes silence a gap. */
  #whereSomethingWaited(gap: Gap, group: string): Gap[] {
    if (gap.backlog > 0) return [gap];
    const sends = this.#lanes.send.get(group);
    if (sends === undefined) return [];
    const silent = sends.gaps.find((other) => other.from <= gap.from && (other.to ?? gap.from) > gap.from);
    const from = silent?.to ?? gap.from;
    const isOver = sends.lastSuccess === undefined || sends.lastSuccess <= gap.from;
    return isOver || (gap.to !== undefined && from >= gap.to) ? [] : [{ ...gap, from }];
  }
}

function findGap(gaps: readonly Gap[], at: Micros): number | undefined {
  let low = 0;
  let high = gaps.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const gap = gaps[middle];
    if (gap === undefined) return undefined;
    if (at < gap.from) high = middle - 1;
    else if (gap.to !== undefined && at >= gap.to) low = middle + 1;
    else return middle;
  }
  return undefined;
}

/**
 * A fault that began with the gap has caused it. Else it is the latest fault in whose window the gap began, else the
 * first one that began inside it. `near` is how soon after the last success "with the gap" ends.
 */
function blame(
  gap: Gap,
  windows: readonly FaultWindow[],
  near: Micros,
): Pick<Outage, "from" | "fault" | "duringHealing"> {
  const inside = windows.filter(
    (window) => window.begin >= gap.from && (gap.to === undefined || window.begin < gap.to),
  );
  const cause =
    inside.find((window) => window.begin - gap.from <= near) ??
    windows.findLast((window) => window.begin <= gap.from && gap.from < window.end) ??
    inside[0];
  if (cause === undefined) return { from: gap.from, fault: undefined, duringHealing: false };
  const from = Math.max(gap.from, cause.begin);
  return { from, fault: cause.fault.id, duringHealing: from >= cause.healBegin };
}

/** An interruption that begins later than this after the order is not measured from the order, but from its own begin. */
const soon: Micros = 2_000_000;

function recovery(lane: LaneFindings, window: FaultWindow, laneEnd: Micros): Recovery {
  const { group, verb } = lane;
  const base = { fault: window.fault.id, group, verb };
  const outages = lane.outages.filter((outage) => outage.fault === window.fault.id);
  // Outages that begin with the healing (a leader moves back, a broker re-registers) cost downtime, but are no RTO.
  // The longest, not the first: a hiccup while the fault is being injected must not pass for the whole interruption.
  const longest = longestOf(outages.filter((outage) => !outage.duringHealing));
  const lengths = outages.map((outage) => (outage.to ?? laneEnd) - outage.from);
  const costs = {
    downtime: lengths.reduce((sum, length) => sum + length, 0),
    longest: Math.max(0, ...lengths),
  };
  const last = outages.at(-1);
  const settled = last === undefined ? 0 : last.to === undefined ? undefined : last.to - window.begin;
  if (longest === undefined) return { ...base, rto: 0, ...costs, settled, neededHealing: false };
  if (longest.to === undefined) {
    const atLeast = Math.max(0, laneEnd - window.begin);
    return { ...base, rto: undefined, atLeast, ...costs, settled, neededHealing: true };
  }
  const neededHealing = longest.to > window.healBegin;
  const from = longest.from - window.begin <= soon ? window.begin : longest.from;
  return { ...base, rto: longest.to - from, ...costs, settled, neededHealing };
}

/** A silence without a single failure counts only where there is nothing else: a busy machine is silent at times. */
function longestOf(outages: readonly Outage[]): Outage | undefined {
  const withFailures = outages.filter(({ failed, inDoubt }) => failed + inDoubt > 0);
  const length = ({ from, to }: Outage) => (to ?? Number.POSITIVE_INFINITY) - from;
  return (withFailures.length > 0 ? withFailures : outages).toSorted((a, b) => length(b) - length(a))[0];
}
