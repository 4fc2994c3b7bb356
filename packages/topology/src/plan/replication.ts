import type { ClusterSpec, GroupSpec } from "../spec/cluster-spec.ts";

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

/**
 * A hung slave keeps its connection, and so its place among those that have to acknowledge, until the connection has
 * been silent for haHousekeepingInterval: 20 s in RocketMQ. (AutoSwitchHAConnection counts a slave as caught up whenever
 * there is nothing left to send, so haMaxTimeSlaveNotCatchup does not remove it.)
 */
const quickToNotice = { haSendHeartbeatInterval: "1000", haHousekeepingInterval: "5000" } as const;

/** Whether a group of a master-slave mode acknowledges with its slave: its own choice, or else the mode's. */
export function isSync({ mode }: ClusterSpec, { replication }: Pick<GroupSpec, "replication">): boolean {
  return replication === undefined ? mode === "master-slave-sync" : replication === "sync";
}

function sync(spec: ClusterSpec, replicas: number): Replication {
  const properties = { totalReplicas: String(replicas), inSyncReplicas: "2" };
  if (spec.whenSlaveIsGone !== "degrade") return { acknowledgedReplicas: 2, properties };
  return {
    acknowledgedReplicas: 1,
    properties: {
      ...properties,
      minInSyncReplicas: "1",
      // CommitLog.asyncPutMessage looks at enableAutoInSyncReplicas only on the branch of enableSlaveActingMaster.
      enableAutoInSyncReplicas: "true",
      enableSlaveActingMaster: "true",
      // BrokerPreOnlineService waits for HA handshakes by address, without a deadline, before a master registers.
      skipPreOnline: "true",
      ...quickToNotice,
    },
  };
}

export function replication(
  spec: ClusterSpec,
  { replicas, ...group }: Pick<GroupSpec, "replicas" | "replication">,
): Replication {
  switch (spec.mode) {
    case "single-master":
    case "multi-master":
      return { acknowledgedReplicas: 1, properties: {} };
    case "master-slave-async":
    case "master-slave-sync":
      return isSync(spec, group) ? sync(spec, replicas) : { acknowledgedReplicas: 1, properties: {} };
    case "dledger":
      return { acknowledgedReplicas: majority(replicas), properties: {} };
    case "controller": {
      const least = spec.whenSlaveIsGone === "degrade" ? 1 : 2;
      return {
        acknowledgedReplicas: least,
        properties: {
          totalReplicas: String(replicas),
          inSyncReplicas: "2",
          minInSyncReplicas: String(least),
          allAckInSyncStateSet: "true",
          ...quickToNotice,
        },
      };
    }
  }
}
