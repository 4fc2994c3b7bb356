import type { ClusterSpec } from "./cluster-spec.ts";

export interface OwnedKey {
  readonly why: string;
  /** Which key of the spec to use instead. */
  readonly instead: string;
}

type Owned = Readonly<Record<string, OwnedKey>>;

const dataStays: OwnedKey = {
  why: "a node keeps its data in its volume, /var/lib/rocketmq; elsewhere the file system is read-only",
  instead: "Remove the key.",
};

function each(keys: readonly string[], owned: OwnedKey): Owned {
  return Object.fromEntries(keys.map((key) => [key, owned]));
}

const namesrvAddr: Owned = each(["namesrvAddr"], {
  why: "every node knows every name server of the cluster",
  instead: "Use the spec's namesrvs.",
});

const anyBroker: Owned = {
  ...namesrvAddr,
  brokerClusterName: { why: "it is the same for the whole cluster", instead: "Use the spec's clusterName." },
  brokerName: { why: "it is the group's name", instead: "Use groups: [{ name: … }]." },
  brokerId: {
    why: "it follows from the broker's place in its group; DLedger and controllers assign it by election",
    instead: "Node 0 is the master, the others are slaves.",
  },
  brokerRole: {
    why: "it follows from the mode and the broker's place in its group",
    instead: "Use the spec's mode.",
  },
  ...each(["enableDLegerCommitLog", "dLegerGroup", "dLegerPeers", "dLegerSelfId"], {
    why: "the members of a DLedger group have to agree on it",
    instead: "Use mode: dledger with groups and replicas.",
  }),
  ...each(["enableControllerMode", "controllerAddr", "fetchControllerAddrByDnsLookup"], {
    why: "brokers and controllers have to agree on it",
    instead: "Use mode: controller.",
  }),
  ...each(
    [
      "totalReplicas",
      "inSyncReplicas",
      "minInSyncReplicas",
      "allAckInSyncStateSet",
      "enableAutoInSyncReplicas",
    ],
    {
      why: "what an acknowledgement stands for follows from the mode",
      instead: "Use mode, replicas and whenSlaveIsGone.",
    },
  ),
  duplicationEnable: { why: "it switches replication off", instead: "Remove the key." },
  ...each(["listenPort", "haListenPort"], {
    why: "it has to fit the published ports",
    instead: "Use the spec's ports.broker; HA is listenPort + 1.",
  }),
  brokerIP1: {
    why: "clients dial it, so it has to fit the published ports",
    instead: "Use the spec's advertise.",
  },
  ...each(["brokerIP2", "haMasterAddress"], {
    why: "replication stays inside the cluster's network",
    instead: "Remove the key.",
  }),
  ...each(
    [
      "storePathRootDir",
      "storePathCommitLog",
      "storePathDLedgerCommitLog",
      "storePathEpochFile",
      "storePathBrokerIdentity",
      "readOnlyCommitLogStorePaths",
      "rocketmqHome",
      "brokerConfigPath",
    ],
    dataStays,
  ),
};

const actingMaster: Owned = each(["enableSlaveActingMaster", "skipPreOnline"], {
  why: "in this mode it decides what an acknowledgement stands for",
  instead: "Use whenSlaveIsGone.",
});

const brokerWithActingMaster: Owned = { ...anyBroker, ...actingMaster };

const namesrv: Owned = {
  listenPort: { why: "it has to fit the published port", instead: "Use the spec's ports.namesrv." },
  ...each(["kvConfigPath", "configStorePath", "rocketmqHome"], dataStays),
};

const controller: Owned = {
  ...each(
    [
      "controllerDLegerGroup",
      "controllerDLegerPeers",
      "controllerDLegerSelfId",
      "controllerType",
      "listenPort",
    ],
    {
      why: "the controllers and brokers have to agree on it",
      instead: "Use the spec's controllers and ports.controller.",
    },
  ),
  enableElectUncleanMaster: {
    why: "a master from outside of the in-sync set loses acknowledged messages",
    instead:
      "Use electUncleanMaster; see docs/explanation/modes.md on what to do when no in-sync broker is left.",
  },
  ...each(["controllerStorePath", "configStorePath", "rocketmqHome"], dataStays),
};

const proxy: Owned = {
  ...namesrvAddr,
  rocketMQClusterName: {
    why: "it is the same for the whole cluster",
    instead: "Use the spec's clusterName.",
  },
  proxyMode: { why: "proxies here are nodes of their own, mode CLUSTER", instead: "Remove the key." },
  grpcServerPort: { why: "it has to fit the published port", instead: "Use the spec's ports.proxy." },
};

/** Keys of each kind of node that the generator owns in this spec. */
export const ownedKeys = {
  broker: (spec: Pick<ClusterSpec, "mode">): Owned =>
    spec.mode === "master-slave-async" ? anyBroker : brokerWithActingMaster,
  namesrv: (): Owned => namesrv,
  controller: (): Owned => controller,
  proxy: (): Owned => proxy,
} as const satisfies Record<string, (spec: Pick<ClusterSpec, "mode">) => Owned>;
