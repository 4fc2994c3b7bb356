import type { ClusterSpec, GroupSpec } from "../spec/cluster-spec.ts";
import { brokerDefaults } from "./broker-defaults.ts";
import { brokerListenPort } from "./broker-ports.ts";
import type { BrokerPlan, GroupPlan, PlannedRole, PortPlan } from "./cluster-plan.ts";
import { dataDirectory, type PlanContext } from "./context.ts";
import { brokerFailover } from "./failover.ts";
import { nodeName } from "./names.ts";
import { isSync, type Replication, replication } from "./replication.ts";
import { steppableClock } from "./steppable-clock.ts";

function role(spec: ClusterSpec, index: number): PlannedRole {
  if (spec.mode === "dledger") return "leader-or-follower";
  if (spec.mode === "controller") return "master-or-slave";
  return index === 0 ? "master" : "slave";
}

function ports(spec: ClusterSpec, listenPort: number): PortPlan[] {
  const published = (port: number) =>
    spec.advertise === undefined ? {} : { host: { address: spec.bind, port } };
  const all: PortPlan[] = [
    { purpose: "remoting", container: listenPort, ...published(listenPort) },
    { purpose: "fast", container: listenPort - 2, ...published(listenPort - 2) },
  ];
  if (spec.mode === "dledger") all.push({ purpose: "dledger", container: spec.ports.dledger });
  else all.push({ purpose: "ha", container: listenPort + 1 });
  return all;
}

/** Keys that follow from the mode and the broker's place in its group. */
function identity(
  context: PlanContext,
  group: GroupSpec,
  index: number,
  position: number,
  peers: string,
): Record<string, string> {
  const { spec } = context;
  switch (spec.mode) {
    case "dledger":
      return {
        enableDLegerCommitLog: "true",
        dLegerGroup: group.name,
        dLegerPeers: peers,
        dLegerSelfId: `n${index}`,
      };
    case "controller":
      return { enableControllerMode: "true", controllerAddr: context.controllerAddr };
    default: {
      const master = isSync(spec, group) ? "SYNC_MASTER" : "ASYNC_MASTER";
      if (index === 0) return { brokerId: "0", brokerRole: master };
      const haPort = brokerListenPort(spec, position - index) + 1;
      return {
        brokerId: String(index),
        brokerRole: "SLAVE",
        haMasterAddress: `${nodeName(group.name, 0)}:${haPort}`,
      };
    }
  }
}

function planBroker(
  context: PlanContext,
  group: GroupSpec,
  agreed: Replication,
  peers: string,
  index: number,
  position: number,
): BrokerPlan {
  const { spec, project, namesrvAddr, images } = context;
  const name = nodeName(group.name, index);
  const listenPort = brokerListenPort(spec, position);
  return {
    kind: "broker",
    name,
    group: group.name,
    index,
    role: role(spec, index),
    image: images.broker,
    memoryBytes: spec.memory.broker,
    ports: ports(spec, listenPort),
    properties: {
      brokerClusterName: spec.clusterName,
      brokerName: group.name,
      ...identity(context, group, index, position, peers),
      ...agreed.properties,
      namesrvAddr,
      listenPort: String(listenPort),
      ...(spec.advertise === undefined ? {} : { brokerIP1: spec.advertise, brokerIP2: name }),
      storePathRootDir: dataDirectory,
      ...brokerDefaults(spec),
      ...brokerFailover(spec).properties,
      ...spec.properties,
      ...group.properties,
      ...group.nodes[index]?.properties,
    },
    environment: {
      ROCKETMQ_ROLE: "broker",
      ...brokerFailover(spec).environment,
      ...steppableClock(spec),
    },
    dependsOn: [],
    startsAfter: context.startsBeforeBrokers,
    hostAliases: context.hostAliases,
    stopGraceSeconds: 60,
    volume: {
      name: `${project}_${name}`,
      target: dataDirectory,
      ...(spec.storeLimit === undefined ? {} : { sizeBytes: spec.storeLimit }),
    },
  };
}

/** `position` is that of the group's first broker among all brokers. */
export function planGroup(context: PlanContext, group: GroupSpec, position: number): GroupPlan {
  const { spec } = context;
  const agreed = replication(spec, group);
  const peers = Array.from(
    { length: group.replicas },
    (_, index) => `n${index}-${nodeName(group.name, index)}:${spec.ports.dledger}`,
  ).join(";");
  return {
    name: group.name,
    acknowledgedReplicas: agreed.acknowledgedReplicas,
    brokers: Array.from({ length: group.replicas }, (_, index) =>
      planBroker(context, group, agreed, peers, index, position + index),
    ),
  };
}
