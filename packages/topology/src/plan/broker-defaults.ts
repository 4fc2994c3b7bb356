import type { ClusterSpec } from "../spec/cluster-spec.ts";

/** What this distribution sets beyond the mode, each with its reason in docs/explanation/modes.md; the spec's properties go over it. */
export function brokerDefaults(spec: ClusterSpec): Record<string, string> {
  const hasSlaves = spec.mode !== "single-master" && spec.mode !== "multi-master";
  return {
    // Without it a slave refuses every pull (PullMessageProcessor.rejectRequest), also while its master is dead.
    ...(hasSlaves ? { slaveReadEnable: "true" } : {}),
    registerNameServerPeriod: "10000",
  };
}
