import type { ContainerEvent, DockerClient } from "@hotfire/engine";
import type { ObservedRole, RoleRecord, RouteRecord, SyncSetRecord } from "@hotfire/judge/history";
import { createRemotingClient } from "@hotfire/remoting";
import { labels } from "@hotfire/topology";
import type { RunClock } from "../workload/clock.ts";
import { BrokerWatch } from "./broker-watch.ts";
import { ChangeLog } from "./change-log.ts";
import { ClusterMap } from "./cluster-map.ts";
import { ControllerWatch } from "./controller-watch.ts";
import { lookAtNamesrv } from "./namesrv-watch.ts";
import { type Repeating, repeat } from "./repeat.ts";
import { WatchContext } from "./watch-context.ts";

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
  /** The broker behind `host:port`: a container's address (also one it had before a restart), or a published one. */
  brokerOf(address: string): string | undefined;
  /** `host:port` of each name server that has an address now. */
  namesrvs(): string[];
  stop(): Promise<void>;
}

/**
 * Watches a cluster's roles, routes and in-sync sets: every node by itself, so that a dead one delays nobody, and at once
 * when the engine says that a container died, stands still or began. Resolves after the first look at everything.
 * Throws CLUSTER_NOT_FOUND.
 */
export async function startObserver(options: ObserverOptions): Promise<Observer> {
  const { docker, cluster, clock, intervalMs = 100 } = options;
  const map = await ClusterMap.load(docker, cluster);
  const remoting = createRemotingClient({ connectTimeoutMs: 500 });
  let isStopped = false;
  const log = new ChangeLog((record) => {
    if (isStopped) return;
    options.record(record);
    options.onChange?.(record);
  });
  const context = new WatchContext(clock, map, remoting, log, intervalMs);
  const { pauseMs } = context.eagerness;

  const brokers = new Map(map.brokers.map((member) => [member.plan.name, new BrokerWatch(context, member)]));
  const watches = new Map<string, Repeating>();
  for (const [name, watch] of brokers)
    watches.set(
      name,
      repeat(() => watch.look(), pauseMs),
    );
  for (const { plan } of map.ofKind("namesrv"))
    watches.set(
      plan.name,
      repeat(() => lookAtNamesrv(context, plan.name), pauseMs),
    );
  if (map.ofKind("controller").length > 0) {
    const watch = new ControllerWatch(context);
    watches.set(
      "controllers",
      repeat(() => watch.look(), pauseMs),
    );
  }

  const onEvent = async ({ action, labels: of }: ContainerEvent): Promise<void> => {
    const node = of[labels.node];
    const life = lives.get(action);
    if (node === undefined || life === undefined) return;
    context.eagerness.raise();
    brokers.get(node)?.changeLife(life);
    map.tell(node, life !== "down");
    // Addresses come and go with the container.
    await map.refresh().catch(() => {});
    for (const watch of watches.values()) watch.soon();
  };
  const ending = new AbortController();
  const events = await docker.containerEvents({ name: labels.cluster, value: cluster }, ending.signal);
  // A container may have changed between the first list and the subscription.
  await map.refresh();
  const watching = (async () => {
    for await (const event of events) await onEvent(event);
  })().catch(() => {});
  await Promise.all([...watches.values()].map(({ first }) => first));

  return {
    roles: () => new Map([...brokers].map(([name, { role }]) => [name, role])),
    brokerOf: (address) => map.brokerOf(address),
    namesrvs: () => map.ofKind("namesrv").flatMap((member) => map.dial(member) ?? []),
    stop: async () => {
      isStopped = true;
      ending.abort();
      for (const watch of watches.values()) watch.stop();
      await remoting.close();
      await watching;
    },
  };
}

const lives: ReadonlyMap<string, "running" | "starting" | "down"> = new Map([
  ["die", "down"],
  ["pause", "down"],
  ["unpause", "running"],
  ["start", "starting"],
]);
