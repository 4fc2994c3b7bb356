import type { Mode, NodeKind, NoWriter } from "@hotfire/topology";
import type { ContainerState, Health } from "../docker/docker-client.ts";

export type NodeRole = "leader" | "follower" | "master" | "slave";

export interface ContainerStatus {
  readonly id: string;
  readonly state: ContainerState | "missing";
  readonly health: Health;
  /** What the health check of an unhealthy container said last. */
  readonly healthProblem?: string;
  readonly uptimeSeconds: number | undefined;
  readonly restarts: number;
  /** Of the last end; only for a container that does not run. */
  readonly exitCode?: number;
  readonly oomKilled?: boolean;
}

export interface NodeMemory {
  readonly usedBytes: number | undefined;
  readonly limitBytes: number;
  /** As the JVM was started: `-Xmx` and `-XX:MaxDirectMemorySize`. */
  readonly heapBytes: number | undefined;
  readonly directBytes: number | undefined;
  /** Brokers, by their own word: bytes outside the heap, of the fuller of Java's and Netty's buffers. */
  readonly directUsedBytes?: number;
}

export interface RegistrationStatus {
  readonly namesrv: string;
  readonly brokerId: number;
  readonly address: string;
}

/** How one broker replicates, as it says itself. */
export type ReplicationStatus =
  | {
      readonly kind: "master";
      readonly maxOffset: number;
      readonly slaves: readonly {
        readonly node: string;
        readonly lagBytes: number;
        readonly inSync: boolean;
      }[];
    }
  | {
      readonly kind: "slave";
      readonly connected: boolean;
      readonly maxOffset: number;
      readonly lagBytes: number | undefined;
    }
  | {
      readonly kind: "dledger";
      readonly leader: string | undefined;
      readonly term: number | undefined;
      /** Byte position behind the newest committed message. */
      readonly committed: number | undefined;
    };

export interface NodeStatus {
  readonly name: string;
  readonly kind: NodeKind;
  readonly group?: string;
  readonly container: ContainerStatus;
  /** As the node says itself; undefined for kinds without roles, before an election, and when it cannot be asked. */
  readonly role: NodeRole | undefined;
  readonly brokerId?: number;
  readonly version?: string;
  /** On the cluster's network. */
  readonly containerAddress: string | undefined;
  /** On the host, when published. */
  readonly hostAddress: string | undefined;
  readonly registeredAt?: readonly RegistrationStatus[];
  readonly memory: NodeMemory;
  readonly replication?: ReplicationStatus;
  /** Why the node could not be asked over the protocol. */
  readonly unreachable?: string;
  /** What makes a broker that answers sick, by its own word, such as that it runs out of memory. */
  readonly sick?: string;
}

export interface SyncStateStatus {
  readonly master: string | undefined;
  readonly masterEpoch: number;
  readonly inSync: readonly string[];
  readonly outOfSync: readonly string[];
}

export interface GroupStatus {
  readonly name: string;
  /** Node that is master or leader, by the brokers' own word. */
  readonly master: string | undefined;
  /** Why no broker of the group takes writes, and since when; undefined while one does. */
  readonly noWriter?: Omit<NoWriter, "group" | "detail">;
  readonly acknowledgedReplicas: number;
  /** Controller mode, from the controllers' leader. */
  readonly syncState?: SyncStateStatus;
}

/** What a client needs. */
export interface ClientAddresses {
  /** `127.0.0.1:9876;127.0.0.1:9877`, for clients on the host. */
  readonly namesrv: string;
  /** The same for containers on the cluster's network. */
  readonly namesrvInside: string;
  readonly network: string | undefined;
  /** gRPC endpoints of the proxies, `;` between them. */
  readonly proxy?: string;
  readonly proxyInside?: string;
  /** URL of the console. */
  readonly console?: string;
}

export interface ClusterStatus {
  readonly cluster: string;
  readonly mode: Mode;
  readonly clusterName: string;
  readonly rocketmq: string;
  /** `ready`: everything runs, is registered in its role and answers. `stopped`: nothing runs. */
  readonly state: "ready" | "degraded" | "stopped";
  readonly problems: readonly string[];
  readonly nodes: readonly NodeStatus[];
  readonly groups: readonly GroupStatus[];
  readonly client: ClientAddresses;
  readonly tookMs: number;
}
