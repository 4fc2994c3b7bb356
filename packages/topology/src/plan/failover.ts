import type { ClusterSpec } from "../spec/cluster-spec.ts";
import { controllersTimers, type FailoverTimers, failoverTimers, isStockFailover } from "../spec/failover.ts";

/** What a node is given for failover. */
export interface NodeFailover {
  readonly properties: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * How often brokers ask who leads the controllers, RocketMQ: 10 s. Until they know, no slave that is gone leaves the in-sync set,
 * and every write waits for it.
 */
const controllersLeaderMs = 1000;

/**
 * How a spec's failover reaches a broker. DLedger's timers are no keys of RocketMQ: the launcher sets them, told by
 * HOTFIRE_FAILOVER (docker/launcher, FastFailover). `stock` leaves out everything that the launcher does for failover.
 */
export function brokerFailover(spec: ClusterSpec): NodeFailover {
  const timers = failoverTimers(spec);
  if (timers === undefined) {
    return { properties: {}, environment: isStockFailover(spec) ? { HOTFIRE_FAILOVER: "stock" } : {} };
  }
  const { heartbeatMs, silenceMs } = timers;
  if (spec.mode === "dledger") {
    return { properties: {}, environment: told(timers) };
  }
  return {
    properties: {
      brokerHeartbeatInterval: String(heartbeatMs),
      // Told to the controllers with each heartbeat; RocketMQ's spelling.
      controllerHeartBeatTimeoutMills: String(silenceMs),
      syncControllerMetadataPeriod: String(controllersLeaderMs),
    },
    environment: {},
  };
}

/** How often the controllers look for silent brokers, and how soon they replace their own leader. */
export function controllerFailover(spec: ClusterSpec): NodeFailover {
  const timers = failoverTimers(spec);
  const own = controllersTimers(spec);
  const every = String(timers?.heartbeatMs);
  return {
    properties:
      timers === undefined ? {} : { scanNotActiveBrokerInterval: every, scanInactiveMasterInterval: every },
    environment: own === undefined ? {} : told(own),
  };
}

/** DLedger's timers, as the launcher is told them. */
function told({ heartbeatMs, silenceMs }: FailoverTimers): Readonly<Record<string, string>> {
  return { HOTFIRE_FAILOVER: `heartbeatMs=${heartbeatMs} silenceMs=${silenceMs}` };
}

/** Brokers register within this time with a name server that is back (docker/launcher, NamesrvReturns). */
const registeredAgainSeconds = 3;

/** A name server that has just started refuses to give routes: in those that it has, brokers are missing. */
export function namesrvFailover(spec: ClusterSpec): Readonly<Record<string, string>> {
  return isStockFailover(spec)
    ? {}
    : { needWaitForService: "true", waitSecondsForService: String(registeredAgainSeconds) };
}

/** Clients of a proxy learn of another writer from its routes, which RocketMQ's looks at every 20 s. */
export function proxyFailover(spec: ClusterSpec): Readonly<Record<string, string>> {
  return failoverTimers(spec) === undefined ? {} : { topicRouteServiceCacheRefreshSeconds: "1" };
}
