import type { FaultOptions, HealResult } from "./fault.ts";

/** Repairs a cluster from what is there, found by label: also what a killed process left behind. */
export async function healCluster(options: FaultOptions): Promise<HealResult> {
  void options;
  return { steps: [] };
}
