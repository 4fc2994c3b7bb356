import {
  type BrokerPlan,
  type ClusterPlan,
  type NodePlan,
  type PortPlan,
  planCluster,
  specFromLabel,
} from "@hotfire/topology";
import type { ContainerSummary, DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import type { FoundCluster } from "./found-cluster.ts";

/** A planned node and the container that is there for it. */
export interface Member<Plan extends NodePlan = NodePlan> {
  readonly plan: Plan;
  readonly container: ContainerSummary | undefined;
}

/** The plan that a cluster's containers were made from. */
export function planOf(cluster: FoundCluster): ClusterPlan {
  if (cluster.specJson === undefined) {
    throw new EngineError(
      "CLUSTER_NOT_FOUND",
      `Of the cluster "${cluster.name}" only networks or volumes are left.`,
      {
        hint: `Start it again with hotfire up, or remove the rest: hotfire down ${cluster.name}`,
      },
    );
  }
  try {
    return planCluster(specFromLabel(cluster.specJson));
  } catch (error) {
    throw new EngineError(
      "CLUSTER_FOREIGN",
      `The spec on the containers of "${cluster.name}" cannot be read.`,
      {
        hint: `Another version wrote it: use that one, or remove the cluster with hotfire down ${cluster.name}`,
        cause: error,
      },
    );
  }
}

export function membersOf(plan: ClusterPlan, cluster: FoundCluster | undefined): Member[] {
  return plan.nodes.map((node) => ({
    plan: node,
    container: cluster?.nodes.find((found) => found.name === node.name)?.container,
  }));
}

export function isBroker(member: Member): member is Member<BrokerPlan> {
  return member.plan.kind === "broker";
}

const mainPort: Readonly<Record<NodePlan["kind"], PortPlan["purpose"]>> = {
  namesrv: "remoting",
  controller: "controller",
  broker: "remoting",
  proxy: "grpc",
  console: "http",
};

/** The address of the container itself on the cluster's network. */
export function containerAddress(member: Member): string | undefined {
  return Object.values(member.container?.addresses ?? {})[0];
}

/**
 * Where this process reaches a node's port: the container's own address on a local Linux engine, the published
 * port elsewhere. Undefined when there is no way, or no running container.
 */
export function dialAddress(
  docker: DockerClient,
  member: Member,
  purpose: PortPlan["purpose"] = mainPort[member.plan.kind],
): string | undefined {
  const port = member.plan.ports.find((candidate) => candidate.purpose === purpose);
  if (port === undefined) return undefined;
  const address = containerAddress(member);
  if (docker.isLocalLinux && address !== undefined) return `${address}:${port.container}`;
  return port.host === undefined ? undefined : `${docker.publishedHost}:${port.host.port}`;
}

/** The port that clients use: remoting, a controller's own, or a proxy's gRPC. */
export function mainPortOf(plan: NodePlan): PortPlan | undefined {
  return plan.ports.find((port) => port.purpose === mainPort[plan.kind]);
}

/** Every form in which a broker may have registered its address. */
export function registeredAddresses(member: Member<BrokerPlan>, advertise: string | undefined): string[] {
  const port = mainPortOf(member.plan)?.container;
  const hosts = [containerAddress(member), advertise, member.plan.name, member.plan.properties["brokerIP1"]];
  return [...new Set(hosts.filter((host) => host !== undefined))].map((host) => `${host}:${port}`);
}
