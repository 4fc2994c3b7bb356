import type { FailoverProfile, FailoverTimers } from "./failover.ts";
import type { Mode } from "./modes.ts";

export type Properties = Readonly<Record<string, string>>;

export interface NodeSpec {
  readonly properties: Properties;
}

export interface GroupSpec {
  readonly name: string;
  readonly replicas: number;
  /** Only in the master-slave modes, where it differs from the mode. */
  readonly replication?: "async" | "sync";
  readonly properties: Properties;
  /** May be shorter than `replicas`: nodes beyond it have no settings of their own. */
  readonly nodes: readonly NodeSpec[];
}

export interface ConsoleSpec {
  readonly write: boolean;
  /** Both or neither. */
  readonly user?: string;
  readonly passwordHash?: string;
}

export type WhenSlaveIsGone = "refuse" | "degrade";

/**
 * A checked spec with every default filled in. It is valid input again: `parseSpec(JSON.stringify(spec))` gives an equal
 * spec, which is how a plan is made again from a container's label. A number of like groups stays a number, so that
 * the text does not grow with the cluster.
 */
export interface ClusterSpec {
  readonly version: 1;
  readonly name: string;
  readonly mode: Mode;
  readonly clusterName: string;
  readonly rocketmq: string;
  readonly groups: number | readonly GroupSpec[];
  readonly replicas: number;
  readonly namesrvs: number;
  /** 0 outside of controller mode. */
  readonly controllers: number;
  readonly proxy: false | { readonly replicas: number };
  readonly console: false | ConsoleSpec;
  /** Bytes. */
  readonly memory: {
    readonly namesrv: number;
    readonly controller: number;
    readonly broker: number;
    readonly proxy: number;
    readonly console: number;
  };
  /** Bytes. Every broker's store is a memory file system of this size; absent: a plain volume without a limit. */
  readonly storeLimit?: number;
  /** Brokers read their wall clock through libfaketime, so that a drill can step it; absent: no. */
  readonly steppableClock?: true;
  readonly ports: {
    readonly namesrv: number;
    readonly broker: number;
    readonly dledger: number;
    readonly controller: number;
    readonly proxy: number;
    readonly console: number;
    readonly offset: number;
  };
  readonly bind: string;
  readonly advertise?: string;
  /** Only in the modes that have the choice. */
  readonly whenSlaveIsGone?: WhenSlaveIsGone;
  /** Controller mode only. */
  readonly electUncleanMaster?: boolean;
  /** Only in the modes that replace a writer. */
  readonly failover?: FailoverProfile | FailoverTimers;
  readonly properties: Properties;
  readonly namesrvProperties: Properties;
  readonly controllerProperties: Properties;
  readonly proxyProperties: Properties;
}
