import type { ClusterSpec } from "../spec/cluster-spec.ts";

/** How replicas of one group agree: the keys that make it so, and how many copies an acknowledgement stands for. */
export interface Replication {
  readonly acknowledgedReplicas: number;
  /** The same for each broker of the group. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Majority of a Raft group. */
export function majority(members: number): number {
  return Math.floor(members / 2) + 1;
}

export function replication(spec: ClusterSpec, replicas: number): Replication {
  switch (spec.mode) {
    case "single-master":
    case "multi-master":
    case "master-slave-async":
      return { acknowledgedReplicas: 1, properties: {} };
    case "master-slave-sync":
      return {
        acknowledgedReplicas: 2,
        properties: { totalReplicas: String(replicas), inSyncReplicas: "2" },
      };
    case "dledger":
      return { acknowledgedReplicas: majority(replicas), properties: {} };
    case "controller":
      return {
        acknowledgedReplicas: 2,
        properties: {
          totalReplicas: String(replicas),
          inSyncReplicas: "2",
          minInSyncReplicas: "2",
          allAckInSyncStateSet: "true",
        },
      };
  }
}
