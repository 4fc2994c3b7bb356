import type { ClusterPlan } from "@hotfire/topology";
import type { Step } from "../catalogue/drill-definition.ts";

export function promotes(mode: ClusterPlan["mode"]): boolean {
  return mode === "dledger" || mode === "controller";
}

/** How long steps should take; an estimate for people. */
export function estimateSteps(steps: readonly Step[], mode: ClusterPlan["mode"]): number {
  return steps.reduce((sum, step) => sum + estimate(step, mode), 0);
}

function estimate(step: Step, mode: ClusterPlan["mode"]): number {
  switch (step.do) {
    case "inject":
    case "heal":
      return 500;
    case "pause-sending":
    case "resume-sending":
      return 100;
    case "hold":
    case "chaos":
      return step.forMs;
    case "until-writable":
      return promotes(mode) ? 12_000 : step.holdMs;
    case "until-ready":
      return Math.min(step.atMostMs, 10_000);
    case "roll":
      return 45_000;
    case "bursts":
      return step.rounds * step.forMs * 2;
  }
}
