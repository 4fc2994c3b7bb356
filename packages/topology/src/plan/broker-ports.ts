import type { ClusterSpec } from "../spec/cluster-spec.ts";

/** Advertised brokers are this far apart: listenPort - 2 is the fast port, listenPort + 1 is HA. */
export const advertisedPortStep = 10;

/** `position` counts all brokers of the cluster. Clients dial listenPort, so an advertised broker's is also its host port. */
export function brokerListenPort(spec: Pick<ClusterSpec, "advertise" | "ports">, position: number): number {
  return spec.advertise === undefined
    ? spec.ports.broker
    : spec.ports.broker + spec.ports.offset + advertisedPortStep * position;
}
