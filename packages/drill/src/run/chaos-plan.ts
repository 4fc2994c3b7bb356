import { random } from "@hotfire/base";
import type { FaultAction } from "@hotfire/engine";
import type { Mode } from "@hotfire/topology";
import { calmSteps, episodesFor } from "../catalogue/chaos-episodes.ts";
import type { Step, TargetToken } from "../catalogue/drill-definition.ts";
import { estimateSteps } from "./estimate-steps.ts";

/** One random fault: begins so long after the start of the chaos and lasts so long. */
export interface ChaosFault {
  readonly id: string;
  readonly fault: FaultAction;
  readonly on: TargetToken;
  readonly atMs: number;
  readonly forMs: number;
}

/** The steps of a whole drill, with everything calm before: what single faults do not add up to. */
export interface ChaosEpisode {
  readonly id: string;
  readonly drill: string;
  readonly steps: readonly Step[];
  readonly atMs: number;
  /** How long it should take. */
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
  [{ kind: "pause" }, "namesrv:first"],
  [{ kind: "kill" }, "namesrv:all"],
];

const withReplicas: readonly Choice[] = [
  [{ kind: "kill" }, "first:replica"],
  [{ kind: "kill" }, "first:replicas"],
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
  [{ kind: "pause" }, "controller:leader"],
  [{ kind: "stop" }, "controller:replica"],
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

/** Of what is drawn, as far as there is time for it. */
const episodeShare = 0.3;

/**
 * The same options give the same faults. With `overlapping` a fault may begin before the one before has ended; an episode
 * always has the cluster for itself.
 */
export function planChaos(options: {
  readonly seed: number;
  readonly mode: Mode;
  readonly forMs: number;
  readonly overlapping: boolean;
  /** Whether sending can be paused: some episodes need it. */
  readonly canPause: boolean;
}): (ChaosFault | ChaosEpisode)[] {
  const next = random(options.seed);
  const between = (least: number, most: number) => Math.round(least + next() * (most - least));
  const choices = choicesFor(options.mode);
  const episodes = episodesFor(options.mode, options.canPause);
  const plan: (ChaosFault | ChaosEpisode)[] = [];
  let at = between(0, leastGapMs);
  /** When everything planned so far is healed. */
  let calm = 0;
  for (let index = 1; ; index += 1) {
    const id = `chaos-${index}`;
    const wantsEpisode = next() < episodeShare;
    const episode = episodes[Math.floor(next() * episodes.length)];
    const [fault, on] = choices[Math.floor(next() * choices.length)] ?? everywhere[0] ?? never();
    const gap = between(leastGapMs, mostGapMs);
    if (wantsEpisode && episode !== undefined) {
      const begin = Math.max(at, calm + leastGapMs);
      const forMs = estimateSteps(episode.steps, options.mode);
      if (begin + forMs <= options.forMs) {
        const steps = [...calmSteps, ...episode.steps.map((step) => renamed(step, id))];
        plan.push({ id, drill: episode.name, steps, atMs: begin, forMs });
        calm = begin + forMs;
        at = calm + gap;
        continue;
      }
    }
    const forMs = between(leastHoldMs, mostHoldMs);
    if (at + forMs > options.forMs) return plan;
    plan.push({ id, fault, on, atMs: at, forMs });
    calm = Math.max(calm, at + forMs);
    at += options.overlapping && next() < 0.5 ? Math.round(forMs / 2) : forMs + gap;
  }
}

/** A fault's name is its own in the whole run. */
function renamed(step: Step, id: string): Step {
  switch (step.do) {
    case "inject":
      return {
        ...step,
        as: `${id}-${step.as}`,
        ...(step.to === undefined ? {} : { to: `${id}-${step.to}` }),
      };
    case "heal":
      return { ...step, fault: `${id}-${step.fault}` };
    case "roll":
      return { ...step, as: `${id}-${step.as}` };
    default:
      return step;
  }
}

function never(): never {
  throw new TypeError("there is nothing to choose from");
}
