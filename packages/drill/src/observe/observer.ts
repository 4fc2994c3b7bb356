import type { DockerClient } from "@hotfire/engine";
import type { ObservedRole, RoleRecord, RouteRecord, SyncSetRecord } from "../history/observation-records.ts";
import type { RunClock } from "../workload/clock.ts";

export type ObservationRecord = RoleRecord | RouteRecord | SyncSetRecord;

export interface ObserverOptions {
  readonly docker: DockerClient;
  /** Hotfire's name of the cluster. */
  readonly cluster: string;
  readonly clock: RunClock;
  readonly record: (record: ObservationRecord) => void;
  /** Called with every record too, after it was recorded. */
  readonly onChange?: (record: ObservationRecord) => void;
  /** Between two looks while nothing changes. Default 100; half of it while something does. */
  readonly intervalMs?: number;
}

export interface Observer {
  /** Brokers by node name, as last seen. */
  roles(): ReadonlyMap<string, ObservedRole>;
  /** The node behind `host:port`: a container's address (also one it had before a restart), or a published one. */
  nodeOf(address: string): string | undefined;
  /** `host:port` of each name server that has an address now. */
  namesrvs(): string[];
  stop(): Promise<void>;
}

/** Watches a cluster's roles, routes and in-sync sets. Resolves after the first look at everything. */
export function startObserver(options: ObserverOptions): Promise<Observer> {
  throw new Error(`no observer of ${options.cluster} yet`);
}
