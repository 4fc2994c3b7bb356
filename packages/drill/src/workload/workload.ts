import type { Workload, WorkloadOptions } from "./workload-options.ts";

/** Sends and consumes from now on, on schedule whatever comes back. */
export function startWorkload(options: WorkloadOptions): Workload {
  throw new Error(`no workload for ${options.topic} yet`);
}
