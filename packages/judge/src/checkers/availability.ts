import type { Micros } from "../history/micros.ts";
import { type OperationRecord, type Verb, verbs } from "../history/operations.ts";
import { Backlog } from "./backlog.ts";
import { type FaultWindow, isInWindow } from "./faults.ts";
import { type Interval, lengthOf, overlap, unite, without } from "./intervals.ts";
import { binWidth, type Gap, Lane, minGap } from "./lane.ts";
import { gapIntervals, type Silence, silences, stall } from "./outages.ts";
import { type Recovery, recovery } from "./recovery.ts";
import { calmOf, type Steadiness, steadinessOf } from "./steadiness.ts";

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
  /** When its first operation that failed was sent. */
  readonly firstFailure: Micros | undefined;
  /** The fault whose consequence it is; undefined outside every fault's window. */
  readonly fault: string | undefined;
  /** It began when that fault was already being healed. */
  readonly duringHealing: boolean;
}

/** Whether a lane serves its clients when the load ends. */
export interface AtEnd {
  /** Operations of the last stretch of the load, and how many of them were served. */
  readonly due: number;
  readonly served: number;
  /** From the last success to the end of the load; 0 when one came later. */
  readonly silent: Micros;
}

export interface LaneFindings {
  readonly group: string;
  readonly verb: Verb;
  readonly attempts: number;
  readonly acknowledged: number;
  readonly failed: number;
  readonly inDoubt: number;
  /** Of sends: acknowledged share of all on schedule. Of reads, which wait for each other: share of the time in which they were served. */
  readonly availability: number;
  /** Distance of operations on schedule: no RTO is known better than this. */
  readonly resolution: Micros | undefined;
  /** From the schedule to the answer, acknowledged operations only. */
  readonly latency: { readonly p50?: Micros; readonly p99?: Micros; readonly max: Micros };
  readonly schedulingErrorP99: Micros | undefined;
  readonly outages: readonly Outage[];
  /** Failures that were sent outside every fault's window, and in no outage that a fault began. */
  readonly outsideFaults: number;
  /** Failures since the load ran smoothly, by outcome. */
  readonly sinceBaseline: { readonly failed: number; readonly inDoubt: number };
  readonly atEnd: AtEnd;
  /** What the failures were, most frequent first; their numbers add up to all failures. */
  readonly causes: readonly { readonly cause: string; readonly count: number }[];
}

export interface AvailabilityFindings {
  readonly lanes: readonly LaneFindings[];
  readonly recoveries: readonly Recovery[];
  readonly steadiness: readonly Steadiness[];
}

export interface AvailabilityContext {
  readonly windows: readonly FaultWindow[];
  /** When the load ran smoothly for the first time; what failed before it is nobody's fault. */
  readonly baseline: Micros;
  /** End of the load; undefined where the history does not tell. */
  readonly loadEnd: Micros | undefined;
  /** When the drill let no message be sent. */
  readonly pauses: readonly Interval[];
  /** When the tester itself did nothing. */
  readonly stalls: readonly Interval[];
}

/** The last stretch of the load: what works then works at the end. */
const lastStretch: Micros = 3_000_000;

/** Write and read availability, one lane per broker group and verb: another group's success never ends an outage. */
export class AvailabilityChecker {
  readonly #lanes: Readonly<Record<Verb, Map<string, Lane>>> = { send: new Map(), consume: new Map() };
  readonly #undelivered = new Map<string, number>();
  readonly #backlog = new Backlog();

  /** `firstDeliveries`: messages in this consume record that its consumer group had not had. */
  add(record: OperationRecord, firstDeliveries: number): void {
    let undelivered = this.#undelivered.get(record.group) ?? 0;
    let isService = true;
    if (record.type === "send") {
      undelivered += record.outcome === "acknowledged" ? 1 : 0;
      this.#backlog.addSend(record);
    } else {
      undelivered -= firstDeliveries;
      isService = this.#backlog.serves(record, firstDeliveries);
    }
    this.#undelivered.set(record.group, undelivered);
    const verbLanes = this.#lanes[record.type];
    let lane = verbLanes.get(record.group);
    if (lane === undefined) {
      lane = new Lane();
      verbLanes.set(record.group, lane);
    }
    lane.add(record, undelivered, isService);
  }

  /** The lane of a group, for those who look at its schedule. */
  lane(verb: Verb, group: string): Lane | undefined {
    return this.#lanes[verb].get(group);
  }

  finish(context: AvailabilityContext): AvailabilityFindings {
    const { windows } = context;
    const lanes: LaneFindings[] = [];
    const steadiness: Steadiness[] = [];
    for (const verb of verbs) {
      for (const [group, lane] of this.#lanes[verb]) {
        const gaps = this.#gaps(lane, verb, group, context);
        lanes.push(finishLane({ lane, verb, group, gaps, ...context }));
        const span = { from: Math.max(lane.firstScheduled, context.baseline), to: endOf(lane, context) };
        // While the tester did nothing, no operation was served for its sake.
        const within = gapIntervals(lane, gaps, span.to).flatMap((gap) => without([gap], context.stalls));
        const calm = calmOf(lane, within, windows, span);
        steadiness.push(...steadinessOf({ lane, group, verb, gaps: within, windows, calm, span }));
      }
    }
    lanes.sort((a, b) => a.group.localeCompare(b.group) || b.verb.localeCompare(a.verb));
    const watched = (lane: LaneFindings) => {
      const { lastDone = 0 } = this.#lanes[lane.verb].get(lane.group) ?? {};
      return context.loadEnd === undefined ? lastDone : Math.max(context.loadEnd, lastDone);
    };
    const recoveries = windows.flatMap((window) =>
      lanes.map((lane) => recovery(lane, window, watched(lane))),
    );
    return { lanes, recoveries, steadiness };
  }

  /** Gaps between successes, with the open ends of the load. */
  #gaps(lane: Lane, verb: Verb, group: string, context: AvailabilityContext): Gap[] {
    const end = endOf(lane, context);
    if (lane.firstSuccess === undefined || lane.lastSuccess === undefined) {
      return lane.attempts === 0 ? [] : [{ from: lane.firstScheduled, to: undefined, backlog: 0 }];
    }
    const gaps: Gap[] = [{ from: lane.firstScheduled, to: lane.firstSuccess, backlog: 0 }, ...lane.gaps];
    // What was due did not succeed any more until the load ended; who is called with messages is only silent.
    if (end > lane.lastSuccess && (lane.lastScheduled > lane.lastSuccess || lane.pushed > 0)) {
      gaps.push({
        from: lane.lastSuccess,
        to: end - lane.lastSuccess < stall ? end : undefined,
        backlog: lane.backlog,
      });
    }
    if (verb === "send") return awake(gaps, end, context.pauses);
    if (lane.pushed === 0) return gaps;
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

/** Nothing is silent while nothing is due. */
function awake(gaps: readonly Gap[], end: Micros, pauses: readonly Interval[]): Gap[] {
  if (pauses.length === 0) return [...gaps];
  return gaps.flatMap((gap) => {
    const to = gap.to ?? Math.max(end, gap.from);
    const parts = without([{ from: gap.from, to }], pauses).filter((part) => part.to - part.from >= minGap);
    return parts.map((part) => ({ ...gap, ...part, to: part.to === to ? gap.to : part.to }));
  });
}

function endOf(lane: Lane, { loadEnd }: Pick<AvailabilityContext, "loadEnd">): Micros {
  return loadEnd ?? lane.lastScheduled;
}

interface LaneInput extends AvailabilityContext {
  readonly lane: Lane;
  readonly verb: Verb;
  readonly group: string;
  readonly gaps: readonly Gap[];
}

function finishLane(input: LaneInput): LaneFindings {
  const { lane, verb, group, gaps, windows, baseline } = input;
  const spacing = lane.spacing ?? 0;
  const end = endOf(lane, input);
  const found = silences(lane, gaps, end);
  const blames = found.map((one) => blame(one, windows, Math.max(50_000, 3 * spacing)));
  const counts = found.map(() => ({ failed: 0, inDoubt: 0, firstFailure: Number.POSITIVE_INFINITY }));
  const sinceBaseline = { failed: 0, inDoubt: 0 };
  let outsideFaults = 0;
  for (const { sent, done, outcome } of lane.failures()) {
    const kind = outcome === "failed" ? "failed" : "inDoubt";
    const index = find(found, sent) ?? find(found, done);
    const count = index === undefined ? undefined : counts[index];
    if (count !== undefined) {
      count[kind] += 1;
      count.firstFailure = Math.min(count.firstFailure, sent);
    }
    if (sent < baseline) continue;
    sinceBaseline[kind] += 1;
    // What a fault began is the fault's to its end, however long a slow machine takes to come back; what failed before its order is not.
    const blamed = index === undefined ? undefined : blames[index];
    const isCaused = blamed?.fault !== undefined && done >= blamed.from;
    if (!isCaused && !isInWindow(sent, windows) && !isInWindow(done, windows)) outsideFaults += 1;
  }
  const outages = found.flatMap(({ from, to }, index): Outage[] => {
    const { firstFailure, ...count } = counts[index] ?? { failed: 0, inDoubt: 0, firstFailure: 0 };
    const isSilent = count.failed + count.inDoubt === 0;
    const length = (to ?? end) - from;
    if (isSilent && length < Math.max(stall, 10 * spacing)) return [];
    if (isTheTesters({ from, to: to ?? end }, input.stalls)) return [];
    const blamed = blames[index] ?? { from, fault: undefined, duringHealing: false };
    return [{ group, verb, to, ...count, firstFailure: isSilent ? undefined : firstFailure, ...blamed }];
  });
  const p50 = lane.latency.quantile(0.5);
  const p99 = lane.latency.quantile(0.99);
  return {
    group,
    verb,
    attempts: lane.attempts,
    acknowledged: lane.acknowledged,
    failed: lane.failed,
    inDoubt: lane.inDoubt,
    availability: verb === "send" ? byOperations(lane) : byTime(lane, outages, end),
    resolution: lane.spacing,
    latency: {
      ...(p50 === undefined ? {} : { p50 }),
      ...(p99 === undefined ? {} : { p99 }),
      max: lane.latency.max,
    },
    schedulingErrorP99: lane.schedulingError.quantile(0.99),
    outages,
    outsideFaults,
    sinceBaseline,
    atEnd: atEnd(lane, gaps, end),
    causes: [...lane.kinds].map(([cause, count]) => ({ cause, count })).sort((a, b) => b.count - a.count),
  };
}

/** Half of it or more lies where the tester itself did nothing: it tells of the tester. */
function isTheTesters(one: Interval, stalls: readonly Interval[]): boolean {
  const standing = stalls.reduce((sum, stalled) => sum + overlap(one, stalled), 0);
  return standing * 2 >= one.to - one.from && one.to > one.from;
}

function byOperations({ attempts, acknowledged }: Lane): number {
  return attempts === 0 ? 0 : acknowledged / attempts;
}

/** A pull that hangs is one operation, however long: its time counts, not its number. */
function byTime(lane: Lane, outages: readonly Outage[], end: Micros): number {
  const from = lane.firstScheduled;
  if (lane.attempts === 0 || end <= from) return byOperations(lane);
  const dead = unite(outages.map((one) => ({ from: one.from, to: Math.min(one.to ?? end, end) })));
  let lost = lengthOf(dead);
  for (const { at, attempts, served } of lane.bins()) {
    if (served === attempts || at >= end) continue;
    const bin = { from: at, to: at + binWidth };
    const outside = binWidth - dead.reduce((sum, one) => sum + overlap(one, bin), 0);
    lost += outside * (1 - served / attempts);
  }
  return Math.min(1, Math.max(0, 1 - lost / (end - from)));
}

function atEnd(lane: Lane, gaps: readonly Gap[], end: Micros): AtEnd {
  let due = 0;
  let served = 0;
  for (const bin of lane.bins()) {
    if (bin.at < end - lastStretch || bin.at >= end) continue;
    due += bin.attempts;
    served += bin.served;
  }
  const last = gaps.at(-1);
  const isOpen = last !== undefined && (last.to === undefined || last.to === end);
  return { due, served, silent: isOpen ? Math.max(0, end - last.from) : 0 };
}

function find(silent: readonly Silence[], at: Micros): number | undefined {
  let low = 0;
  let high = silent.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = silent[middle];
    if (one === undefined) return undefined;
    if (at < one.from) high = middle - 1;
    else if (one.to !== undefined && at >= one.to) low = middle + 1;
    else return middle;
  }
  return undefined;
}

/**
 * A fault that began with the gap has caused it. Else it is the latest fault in whose window the gap began, else the
 * first one that began inside it. `near` is how soon after the last success "with the gap" ends.
 */
function blame(
  gap: Silence,
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
