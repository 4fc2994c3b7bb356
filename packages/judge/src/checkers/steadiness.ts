import type { Micros } from "../history/micros.ts";
import type { Verb } from "../history/operations.ts";
import type { FaultWindow } from "./faults.ts";
import { clip, contains, type Interval, lengthOf, overlap, unite, without } from "./intervals.ts";
import { type Lane, minGap } from "./lane.ts";
import { leastStall } from "./outages.ts";

/** What a lane shows while no fault is in force and none settles. */
export interface Calm {
  readonly longest: Micros;
  /** Share of the time without service. */
  readonly share: number;
  /** Share of the operations that failed. */
  readonly failed: number;
}

/** What a lane suffered in the windows of faults, beside what it may, by what it shows without one. */
export interface Steadiness {
  readonly group: string;
  readonly verb: Verb;
  /** own: faults that hit nodes of this group; foreign: of other groups, or of none. */
  readonly faults: "own" | "foreign";
  readonly phase: "in-force" | "healing";
  readonly length: Micros;
  /** Longest time without service. */
  readonly longest: Micros;
  /**
   * Sum of the time without service, in stalls longer than any of the calm. Shorter ones are its rhythm: on a busy machine a consumer gets its messages in
   * larger pieces, up to 0.16 s apart, for half of the time, and nothing waits longer than it did before.
   */
  readonly lost: Micros;
  /** Time that its failed operations stand for. */
  readonly failed: Micros;
  readonly longestBound: Micros;
  readonly lostBound: Micros;
  readonly failedBound: Micros;
}

/**
 * How far a healthy group may fall short of itself, as multiples of what the same run shows of it without a fault. `longest`: of its
 * longest stall, beside the pace of its operations. `share`: of the share of time that it stalls, and of the operations that fail. `least`: the part of its calm service that
 * is left in any case. A fault in force elsewhere takes nothing from a group but its share of a machine that elects, and calm is short: its
 * longest stall is seen in seconds, a window's in tens of them. While a fault heals, a JVM starts or a store is copied beside it, which
 * takes both cores of a small machine: with stalls of 0.1 s in calm, 3.5 s were seen, and reads that came in pieces for two thirds of the
 * time. In a run of consumers-move on two busy cores, with 0.15 s in the writes' calm and 0.8 s in the reads', the other group's
 * writes stalled for 0.20 s in force and 0.32 s while healing, its reads for 0.60 and 0.64 s. `floor`: the share of time that may be lost however calm the calm was, for
 * it is a few seconds and may show none: that other group's writes lost 2 % of the time in force and 15 % while healing, in pieces of 0.3 s at most.
 */
export const allowance = {
  "in-force": { longest: 8, share: 5, least: 1 / 2, floor: 0.05 },
  healing: { longest: 36, share: 15, least: 1 / 4, floor: 0.25 },
} as const;
/** However restless a run is without a fault, no more than this is a hiccup. */
const most: Micros = 4_500_000;

export interface SteadinessInput {
  readonly lane: Lane;
  readonly group: string;
  readonly verb: Verb;
  readonly gaps: readonly Interval[];
  readonly windows: readonly FaultWindow[];
  readonly calm: Calm;
  /** Of the load. */
  readonly span: Interval;
}

/** Of one lane; `gaps` without the tester's own stalls. */
export function calmOf(
  lane: Lane,
  gaps: readonly Interval[],
  windows: readonly FaultWindow[],
  span: Interval,
): Calm {
  const calm = without(
    [span],
    windows.map(({ begin, end }) => ({ from: begin, to: end })),
  );
  const length = lengthOf(calm);
  const within = gaps.flatMap((gap) => calm.map((one) => overlap(gap, one)));
  const lost = within.reduce((sum, one) => sum + one, 0);
  const failed = failuresIn(lane, calm) * (lane.spacing ?? 0);
  return {
    // None is seen that is shorter.
    longest: Math.max(minGap, ...within),
    share: length === 0 ? 0 : lost / length,
    failed: length === 0 ? 0 : Math.min(1, failed / length),
  };
}

function failuresIn(lane: Lane, times: readonly Interval[]): number {
  let failures = 0;
  for (const { sent } of lane.failures()) if (contains(times, sent)) failures += 1;
  return failures;
}

export function steadinessOf(input: SteadinessInput): Steadiness[] {
  const { windows, group, span } = input;
  const isOwn = ({ fault }: FaultWindow) => fault.groups.includes(group);
  const own = windows.filter(isOwn);
  const foreign = windows.filter((window) => !isOwn(window));
  const whole = (some: readonly FaultWindow[]) => some.map(({ begin, end }) => ({ from: begin, to: end }));
  const force = (some: readonly FaultWindow[]) =>
    some.map(({ begin, healBegin, end }) => ({ from: begin, to: Math.min(healBegin, end) }));
  const times = {
    own: { whole: unite(whole(own)), force: unite(force(own)) },
    // While the group is hit itself, nobody can tell what comes from elsewhere.
    foreign: { whole: without(whole(foreign), whole(own)), force: without(force(foreign), whole(own)) },
  };
  return (["own", "foreign"] as const).flatMap((faults) => {
    const inForce = clip(times[faults].force, span);
    const healing = clip(without(times[faults].whole, times[faults].force), span);
    return [measure(input, faults, "in-force", inForce), measure(input, faults, "healing", healing)].flatMap(
      (one) => (one.length === 0 ? [] : [one]),
    );
  });
}

function measure(
  { lane, group, verb, gaps, calm }: SteadinessInput,
  faults: Steadiness["faults"],
  phase: Steadiness["phase"],
  time: readonly Interval[],
): Steadiness {
  const length = lengthOf(time);
  let longest = 0;
  let silent = 0;
  const rhythm = Math.max(calm.longest, leastStall(lane));
  for (const gap of gaps) {
    const within = time.map((one) => overlap(gap, one));
    const sum = within.reduce((total, one) => total + one, 0);
    if (gap.to - gap.from > rhythm) silent += sum;
    // What lasts into the healing is one interruption, and held as one there.
    longest = Math.max(longest, phase === "healing" && sum > 0 ? gap.to - gap.from : Math.max(0, ...within));
  }
  const failed = failuresIn(lane, time) * (lane.spacing ?? 0);
  const { longest: times, share, least, floor } = allowance[phase];
  const longestBound = Math.round(Math.min(most, leastStall(lane) + times * calm.longest));
  const lostShare = Math.min(Math.max(floor, share * calm.share), 1 - (1 - calm.share) * least);
  const failedShare = Math.min(share * calm.failed, 1 - (1 - calm.failed) * least);
  return {
    group,
    verb,
    faults,
    phase,
    length,
    longest,
    lost: silent,
    failed,
    longestBound,
    lostBound: Math.round(longestBound + lostShare * length),
    failedBound: Math.round(longestBound + failedShare * length),
  };
}
