import type { Evidence } from "../history/evidence.ts";
import type { Asked } from "../history/fault-records.ts";
import type { Micros } from "../history/micros.ts";

type Of<K extends Evidence["kind"]> = Extract<Evidence, { kind: K }>;

/** What one step of a fault, its injection or its healing, has shown of one node, in its time. */
export interface Shown {
  /** Evidence of this kind that fits. */
  has<K extends Evidence["kind"]>(kind: K, fits?: (one: Of<K>) => boolean): boolean;
  find<K extends Evidence["kind"]>(kind: K): Of<K> | undefined;
}

export interface HealedScene {
  /** What the injection had shown. */
  readonly before: Shown;
  /** Another fault ended or started the node's process meanwhile. */
  readonly wasKilledMeanwhile: boolean;
}

/** What must be shown of every node that a fault of a kind hit. */
interface ProofOf {
  readonly inForce: (shown: Shown, asked: Asked, group: readonly string[]) => boolean;
  readonly over: (shown: Shown, scene: HealedScene) => boolean;
}

const sigkill = 137;
/** The broker tells its time in whole seconds (`packages/engine/src/faults/clock-fault.ts`). */
const clockToleranceMs = 1500;
/** RocketMQ refuses writes above it. */
const fullPercent = 90;
/** Room that a broker takes or frees while its disk is filled. */
const percentSlack = 1;

const ended = (shown: Shown) =>
  shown.has("container-state", ({ after, engineTime }) => after === "exited" && engineTime !== undefined);

/** It runs, and was started after it had ended: both by the engine's clock. */
const startedAgain = (shown: Shown, { before }: HealedScene) => {
  const end = before.find("exit-code")?.engineTime;
  return shown.has(
    "container-state",
    ({ after, engineTime }) =>
      after === "running" &&
      engineTime !== undefined &&
      end !== undefined &&
      Date.parse(engineTime) >= Date.parse(end),
  );
};

const killed = (shown: Shown) => ended(shown) && shown.has("exit-code", ({ code }) => code === sigkill);

const holdsPackets: ProofOf = {
  inForce: (shown, { direction = "out" }) =>
    !shown.has("connections", ({ tried, answered }) => tried === 0 || answered > 0) &&
    shown.has("packets", ({ to, from }) =>
      direction === "both" ? to + from > 0 : (direction === "in" ? to : from) > 0,
    ),
  over: (shown, { wasKilledMeanwhile }) =>
    shown.has(
      "filter",
      // Rules end with the process whose network they were in; a lease that ended by itself tells no moment.
      (one) => one.left === 0 && (one.ended === "removed" || one.ended === "network" || wasKilledMeanwhile),
    ),
};

const hasRole: ProofOf = {
  inForce: (shown, _, group) =>
    shown.has("role", ({ role, holder }) => role !== "writer" || group.includes(holder)),
  over: (shown, { before }) => {
    const holder = before.find("role")?.holder;
    return shown.has("role", (one) => one.holder === holder);
  },
};

const proofs = {
  kill: { inForce: killed, over: startedAgain },
  stop: { inForce: (shown) => ended(shown) && shown.has("exit-code"), over: startedAgain },
  restart: {
    inForce: (shown) =>
      ended(shown) &&
      shown.has("exit-code") &&
      startedAgain(shown, { before: shown, wasKilledMeanwhile: false }),
    over: startedAgain,
  },
  switchover: hasRole,
  pause: {
    inForce: (shown) =>
      shown.has("container-state", ({ after }) => after === "paused") &&
      shown.has("request", ({ reply }) => reply !== "answered"),
    over: (shown, { wasKilledMeanwhile }) =>
      shown.has(
        "container-state",
        ({ after }) => after === "running" || (wasKilledMeanwhile && after !== "paused"),
      ),
  },
  cut: {
    inForce: (shown, asked, group) => shown.has("connections") && holdsPackets.inForce(shown, asked, group),
    over: holdsPackets.over,
  },
  loss: holdsPackets,
  throttle: holdsPackets,
  delay: holdsPackets,
  "cpu-squeeze": {
    inForce: (shown, { cpus }) =>
      shown.has(
        "cpu-limit",
        ({ before, after }) => after === cpus && after !== undefined && (before ?? 1e9) > after,
      ),
    over: (shown, { before }) => {
      const limit = before.find("cpu-limit");
      return shown.has("cpu-limit", ({ after }) => limit !== undefined && after === limit.before);
    },
  },
  "clock-step": {
    inForce: (shown, { seconds }) =>
      shown.has(
        "clock-offset",
        ({ ms }) =>
          seconds !== undefined && seconds !== 0 && Math.abs(ms - seconds * 1000) <= clockToleranceMs,
      ),
    over: (shown) => shown.has("clock-offset", ({ ms }) => Math.abs(ms) <= clockToleranceMs),
  },
  "disk-destroyed": {
    inForce: (shown) => killed(shown) && shown.has("files-left", ({ files }) => files === 0),
    over: startedAgain,
  },
  "disk-full": {
    inForce: (shown, { percent = 0 }) =>
      shown.has("disk-use", (use) => use.percent > fullPercent && use.percent >= percent - percentSlack),
    over: (shown) => shown.has("disk-use", (use) => use.percent <= fullPercent),
  },
} satisfies Readonly<Record<string, ProofOf>>;

/** A kind of fault whose proof the judge knows. */
export type ProvenKind = keyof typeof proofs;

/** By kind of fault. */
export const proofOf: Readonly<Record<string, ProofOf>> = proofs;

/** Rounding of two readings of one clock. */
const rounding: Micros = 10_000;
/** The engine's clock and the run's may differ by so much. */
const clocksDiffer: Micros = 2_000_000;

/**
 * The evidence of one node, as far as it is of a time. `origin`: wall-clock time of moment 0, in milliseconds.
 */
export function shownOf(
  evidence: readonly Evidence[],
  node: string,
  time: { readonly begin: Micros; readonly end: Micros },
  origin: number,
  /** Engine's moments may be from here on; the begin by default. */
  since: Micros = time.begin,
): Shown {
  const mine = evidence.filter(
    (one) =>
      one.node === node &&
      one.at >= time.begin - rounding &&
      one.at <= time.end + rounding &&
      isOfTime(one, since, time.end, origin),
  );
  const find = <K extends Evidence["kind"]>(kind: K): Of<K> | undefined => mine.find(isOf(kind));
  return {
    find,
    has: (kind, fits = () => true) => mine.filter(isOf(kind)).some(fits),
  };
}

function isOf<K extends Evidence["kind"]>(kind: K) {
  return (one: Evidence): one is Of<K> => one.kind === kind;
}

function isOfTime(one: Evidence, begin: Micros, end: Micros, origin: number): boolean {
  if (!("engineTime" in one) || one.engineTime === undefined) return true;
  const at = (Date.parse(one.engineTime) - origin) * 1000;
  return at >= begin - clocksDiffer && at <= end + clocksDiffer;
}
