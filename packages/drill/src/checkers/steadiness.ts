import type { Micros } from "../history/micros.ts";
import type { Verb } from "../history/operations.ts";
import type { FaultWindow } from "./faults.ts";
import { clip, contains, type Interval, lengthOf, overlap, unite, without } from "./intervals.ts";
import type { Lane } from "./lane.ts";

/** What a lane shows while no fault is in force and none settles. */
export interface Calm {
  readonly length: Micros;
  readonly longest: Micros;
  /** Share of the time without service. */
  readonly share: number;
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
  /** Sum of the time without service, or as much as its failed operations stand for, if that is more. */
  readonly lost: Micros;
  readonly longestBound: Micros;
  readonly lostBound: Micros;
}

/**
 * How far a healthy group may fall short of itself. A fault in force elsewhere takes nothing from it: a second more than four
 * times its own longest stall is a machine's hiccup, and a tenth of the time. While a fault heals, a JVM starts or a store is
 * copied beside it, which takes both cores of a small machine: up to 3.5 s were seen, and reads that came in pieces for two thirds of the time.
 */
const allowance = {
  "in-force": { floor: 1_000_000, share: 0.1, mostShare: 0.5 },
  healing: { floor: 3_500_000, share: 0.25, mostShare: 0.75 },
} as const;
/** Of the run's own stalls. */
const factor = 4;
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

export function calmOf(gaps: readonly Interval[], windows: readonly FaultWindow[], span: Interval): Calm {
  const calm = without(
    [span],
    windows.map(({ begin, end }) => ({ from: begin, to: end })),
  );
  const length = lengthOf(calm);
  const within = gaps.flatMap((gap) => calm.map((one) => overlap(gap, one)));
  const lost = within.reduce((sum, one) => sum + one, 0);
  return { length, longest: Math.max(0, ...within), share: length === 0 ? 0 : lost / length };
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
  for (const gap of gaps) {
    const within = time.map((one) => overlap(gap, one));
    const sum = within.reduce((total, one) => total + one, 0);
    silent += sum;
    // What lasts into the healing is one interruption, and held as one there.
    longest = Math.max(longest, phase === "healing" && sum > 0 ? gap.to - gap.from : Math.max(0, ...within));
  }
  let failures = 0;
  for (const { sent } of lane.failures()) {
    if (contains(time, sent)) failures += 1;
  }
  const { floor, share, mostShare } = allowance[phase];
  const longestBound = Math.min(most, floor + factor * calm.longest);
  return {
    group,
    verb,
    faults,
    phase,
    length,
    longest,
    lost: Math.max(silent, failures * (lane.spacing ?? 0)),
    longestBound,
    lostBound: Math.round(longestBound + Math.min(mostShare, share + factor * calm.share) * length),
  };
}
