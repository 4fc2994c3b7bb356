import type { FaultAction } from "@hotfire/engine";
import type { Mode } from "@hotfire/topology";
import type { TargetToken } from "../catalogue/drill-definition.ts";
import { random } from "../synthetic/random.ts";

/** One random fault: begins so long after the start of the chaos and lasts so long. */
export interface ChaosFault {
  readonly id: string;
  readonly fault: FaultAction;
  readonly on: TargetToken;
  readonly atMs: number;
  readonly forMs: number;
}

type Choice = readonly [FaultAction, TargetToken];

const everywhere: readonly Choice[] = [
  [{ kind: "kill" }, "first:writer"],
  [{ kind: "pause" }, "first:writer"],
  [{ kind: "stop" }, "first:writer"],
  [{ kind: "cut", from: ["clients"], direction: "both" }, "first:writer"],
  [{ kind: "cpu-squeeze", cpus: 0.2 }, "first:writer"],
  [{ kind: "kill" }, "namesrv:first"],
  [{ kind: "kill" }, "namesrv:all"],
];

const withReplicas: readonly Choice[] = [
  [{ kind: "kill" }, "first:replica"],
  [{ kind: "pause" }, "first:replica"],
  [{ kind: "cut", from: ["peers"], direction: "both" }, "first:replica"],
  [{ kind: "loss", from: ["peers"], percent: 10 }, "first:writer"],
];

const elected: readonly Choice[] = [
  [{ kind: "cut", from: ["peers", "controllers"], direction: "both" }, "first:writer"],
  [{ kind: "cut", from: ["peers", "controllers"], direction: "in" }, "first:writer"],
  [{ kind: "cut", from: ["peers", "controllers"], direction: "out" }, "first:writer"],
];

const controlled: readonly Choice[] = [
  [{ kind: "kill" }, "controller:leader"],
  [{ kind: "kill" }, "controller:all"],
];

/** None of them destroys a disk: whatever comes, nothing acknowledged may be lost. */
function choicesFor(mode: Mode): readonly Choice[] {
  if (mode === "single-master" || mode === "multi-master") return everywhere;
  if (mode === "dledger") return [...everywhere, ...withReplicas, ...elected];
  if (mode === "controller") return [...everywhere, ...withReplicas, ...elected, ...controlled];
  return [...everywhere, ...withReplicas];
}

const leastGapMs = 2000;
const mostGapMs = 6000;
const leastHoldMs = 2000;
const mostHoldMs = 10_000;

/** The same seed, mode and time give the same faults. With `overlapping` a fault may begin before the one before has ended. */
export function planChaos(options: {
  readonly seed: number;
  readonly mode: Mode;
  readonly forMs: number;
  readonly overlapping: boolean;
}): ChaosFault[] {
  const next = random(options.seed);
  const between = (least: number, most: number) => Math.round(least + next() * (most - least));
  const choices = choicesFor(options.mode);
  const faults: ChaosFault[] = [];
  let at = between(0, leastGapMs);
  for (let index = 1; ; index += 1) {
    const [fault, on] = choices[Math.floor(next() * choices.length)] ?? everywhere[0] ?? never();
    const forMs = between(leastHoldMs, mostHoldMs);
    if (at + forMs > options.forMs) return faults;
    faults.push({ id: `chaos-${index}`, fault, on, atMs: at, forMs });
    const gap = between(leastGapMs, mostGapMs);
    at += options.overlapping && next() < 0.5 ? Math.round(forMs / 2) : forMs + gap;
  }
}

function never(): never {
  throw new TypeError("there is nothing to choose from");
}
