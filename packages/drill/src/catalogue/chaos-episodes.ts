import type { Mode } from "@hotfire/topology";
import type { DrillDefinition, Step } from "./drill-definition.ts";
import { clusterRestart } from "./drills/cluster-restart.ts";
import { controllerRejoin } from "./drills/controller-rejoin.ts";
import { idleSwitch } from "./drills/idle-switch.ts";
import { namesrvPauseWriterKill } from "./drills/namesrv-pause-writer-kill.ts";
import { networkPartition } from "./drills/network-partition.ts";
import { plannedSwitch } from "./drills/planned-switch.ts";
import { replicasRejoin } from "./drills/replicas-rejoin.ts";
import { rollingRestart } from "./drills/rolling-restart.ts";

/**
 * Drills that chaos plays whole, between its single faults. Left out are those that need a cluster of their own: where the
 * store has a limit it is in memory, and every fault that ends a broker would destroy it.
 */
const episodes: readonly DrillDefinition[] = [
  plannedSwitch,
  rollingRestart,
  namesrvPauseWriterKill,
  controllerRejoin,
  clusterRestart,
  idleSwitch,
  networkPartition,
  replicasRejoin,
];

/** Before an episode, whatever was before it: its targets are roles, which all have to be somebody's. */
export const calmSteps: readonly Step[] = [{ do: "until-ready", atMostMs: 90_000 }];

export function episodesFor(mode: Mode, canPause: boolean): readonly DrillDefinition[] {
  return episodes
    .filter(({ expect }) => expect[mode] !== undefined)
    .filter(({ steps }) => canPause || steps.every((step) => step.do !== "pause-sending"));
}
