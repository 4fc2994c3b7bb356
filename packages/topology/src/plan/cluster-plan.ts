import type { ClusterSpec } from "../spec/cluster-spec.ts";
import type { Mode } from "../spec/modes.ts";

export type NodeKind = "namesrv" | "controller" | "broker" | "proxy" | "console";

/**
 * The role a broker must have for its cluster to be ready. `leader-or-follower` (DLedger) and
 * `master-or-slave` (controller mode) are decided by election while the cluster runs.
 */
export type PlannedRole = "master" | "slave" | "leader-or-follower" | "master-or-slave";

/** One port of a node. Container port and host port are the same number wherever clients dial an advertised address. */
export interface PortPlan {
  /** What it is for: `remoting` (clients), `fast` (listenPort - 2), `ha`, `dledger`, `grpc`, `controller`, `http`. */
  readonly purpose: "remoting" | "fast" | "ha" | "dledger" | "grpc" | "controller" | "http";
  readonly container: number;
  /** Host port and the host address it is bound to; absent when not published. */
  readonly host?: { readonly address: string; readonly port: number };
}

/** Named volume (its full name on the engine) and where it is mounted. */
export interface VolumePlan {
  readonly name: string;
  readonly target: string;
  /** Of a volume in memory; absent: on disk, without a limit. */
  readonly sizeBytes?: number;
}

interface NodePlanBase {
  /** Compose service, DNS name on the cluster's network and label value: `namesrv-0`, `broker-a-0`. */
  readonly name: string;
  /** Image reference, e.g. `hotfire/broker:5.5.0`. */
  readonly image: string;
  /** Container memory limit in bytes; heap and direct memory are derived from it inside the container. */
  readonly memoryBytes: number;
  readonly ports: readonly PortPlan[];
  /** RocketMQ configuration of the node, in file order; keys exactly as RocketMQ spells them. */
  readonly properties: Readonly<Record<string, string>>;
  /** Environment of the container without the configuration file itself. */
  readonly environment: Readonly<Record<string, string>>;
  /** Node names that must be healthy before this one starts. */
  readonly dependsOn: readonly string[];
  /** Node names that must have been started, no more, before this one starts. */
  readonly startsAfter: readonly string[];
  /** Host names that this node resolves to the Docker host, so that an advertised name works inside of the network too. */
  readonly hostAliases: readonly string[];
  /** Seconds between SIGTERM and SIGKILL. */
  readonly stopGraceSeconds: number;
}

export interface NamesrvPlan extends NodePlanBase {
  readonly kind: "namesrv";
  /** Holds the KV configuration (order topics). */
  readonly volume: VolumePlan;
}

export interface ControllerPlan extends NodePlanBase {
  readonly kind: "controller";
  /** DLedger id of this controller, `n0`, `n1`, … */
  readonly selfId: string;
  /** Holds the controllers' DLedger log: who is master, and the sync-state sets. */
  readonly volume: VolumePlan;
}

export interface BrokerPlan extends NodePlanBase {
  readonly kind: "broker";
  /** Broker group, RocketMQ's `brokerName`: `broker-a`. */
  readonly group: string;
  /** Position in the group, from 0. */
  readonly index: number;
  readonly role: PlannedRole;
  /** Holds the store. */
  readonly volume: VolumePlan;
}

export interface ProxyPlan extends NodePlanBase {
  readonly kind: "proxy";
}

/** No node of RocketMQ's: it looks at the others, and nobody waits for it. */
export interface ConsolePlan extends NodePlanBase {
  readonly kind: "console";
}

export type NodePlan = NamesrvPlan | ControllerPlan | BrokerPlan | ProxyPlan | ConsolePlan;

export interface GroupPlan {
  readonly name: string;
  readonly brokers: readonly BrokerPlan[];
  /** Replicas (the acknowledging broker included) that hold a message when its send is acknowledged. */
  readonly acknowledgedReplicas: number;
}

export interface ClusterPlan {
  /** Hotfire's name of the cluster. */
  readonly name: string;
  /** Compose project: `hotfire-<name>`. */
  readonly project: string;
  /** RocketMQ's `brokerClusterName`. */
  readonly clusterName: string;
  readonly mode: Mode;
  readonly spec: ClusterSpec;
  /** In start order: name servers, controllers, brokers, proxies, console. */
  readonly nodes: readonly NodePlan[];
  readonly groups: readonly GroupPlan[];
  /** What a person should know about this plan, e.g. an even DLedger group. */
  readonly warnings: readonly PlanWarning[];
}

export interface PlanWarning {
  readonly code: PlanWarningCode;
  readonly message: string;
  readonly hint?: string;
}

export type PlanWarningCode =
  | "EVEN_MEMBERS"
  | "EVEN_CONTROLLERS"
  | "FEW_CONTROLLERS"
  | "ONE_NAMESRV"
  | "NO_SPARE_REPLICA"
  | "ADVERTISE_UNREACHABLE"
  | "STORE_IN_MEMORY"
  | "OPEN_TO_NETWORK"
  | "PROPERTY_UNKNOWN"
  | "PROPERTY_VALUE"
  | "VERSION_UNTESTED";
