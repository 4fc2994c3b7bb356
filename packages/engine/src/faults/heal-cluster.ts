import { lookAt } from "./context.ts";
import type { FaultOptions, HealResult, HealStep } from "./fault.ts";
import {
  endHelpers,
  freeDisks,
  liftCpuLimits,
  rebuildMasters,
  removeRules,
  removeTopics,
  rightClocks,
  startDown,
  unfreeze,
} from "./healers.ts";

/** In this order: a frozen node answers nobody, and topics can be deleted only where brokers run. */
const healers = [
  endHelpers,
  unfreeze,
  liftCpuLimits,
  removeRules,
  freeDisks,
  rebuildMasters,
  startDown,
  rightClocks,
  removeTopics,
];

/**
 * Repairs a cluster from what is there, found by label: also what a killed process left behind. Nodes are started, not
 * waited for. Every part is tried; the first failure is thrown at the end.
 */
export async function healCluster(options: FaultOptions): Promise<HealResult> {
  const { docker, cluster, signal, onProgress } = options;
  const steps: HealStep[] = [];
  const failures: unknown[] = [];
  for (const heal of healers) {
    signal?.throwIfAborted();
    // Looked at anew: what one healer did is what the next one finds.
    const now = await lookAt(docker, cluster);
    const results = await Promise.allSettled(heal(now));
    for (const result of results) {
      if (result.status === "rejected") failures.push(result.reason);
      else if (result.value !== undefined) {
        onProgress?.(`${result.value.node}: ${result.value.did}`);
        steps.push(result.value);
      }
    }
  }
  if (failures.length > 0) throw failures[0];
  return { steps };
}
