import { labels } from "@hotfire/topology";
import type { ContainerSummary, DockerClient, NamedObject } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";

export interface FoundNode {
  readonly name: string;
  readonly kind: string;
  /** Broker group; brokers only. */
  readonly group: string | undefined;
  readonly container: ContainerSummary;
}

/** What an engine holds of one cluster, found by label. */
export interface FoundCluster {
  readonly name: string;
  readonly mode: string | undefined;
  readonly nodes: readonly FoundNode[];
  /** Containers with the cluster's label that are no node: helpers of faults and checks. */
  readonly helpers: readonly ContainerSummary[];
  readonly networks: readonly NamedObject[];
  readonly volumes: readonly NamedObject[];
  /** The normalised spec as JSON; undefined when no container is left to carry it. */
  readonly specJson: string | undefined;
}

const kindOrder = ["namesrv", "controller", "broker", "proxy", "console"];

/** Every cluster of the engine, by name; those of which only a network or volumes are left too. */
export async function findClusters(docker: DockerClient): Promise<FoundCluster[]> {
  return collect(docker, undefined);
}

/** One cluster by name; undefined when nothing of it is there. */
export async function findCluster(docker: DockerClient, name: string): Promise<FoundCluster | undefined> {
  const [cluster] = await collect(docker, name);
  return cluster;
}

async function collect(docker: DockerClient, value: string | undefined): Promise<FoundCluster[]> {
  const label = { name: labels.cluster, ...(value === undefined ? {} : { value }) };
  const [containers, networks, volumes] = await Promise.all([
    docker.listContainers(label),
    docker.listNetworks(label),
    docker.listVolumes(label),
  ]);
  const named = [...containers, ...networks, ...volumes].flatMap(
    (found) => found.labels[labels.cluster] ?? [],
  );
  const names = [...new Set(named)].sort();
  return names.map((name) => {
    const ours = (found: { readonly labels: Readonly<Record<string, string>> }) =>
      found.labels[labels.cluster] === name;
    const members = containers.filter(ours);
    const nodes = members.flatMap(asNode).sort(byKindAndName);
    const specs = members.flatMap((container) => container.labels[labels.spec] ?? []);
    return {
      name,
      mode: members.flatMap((container) => container.labels[labels.mode] ?? [])[0],
      nodes,
      helpers: members.filter((container) => container.labels[labels.node] === undefined),
      networks: networks.filter(ours),
      volumes: volumes.filter(ours),
      specJson: specs[0],
    };
  });
}

function asNode(container: ContainerSummary): FoundNode[] {
  const name = container.labels[labels.node];
  if (name === undefined) return [];
  return [
    {
      name,
      kind: container.labels[labels.kind] ?? "unknown",
      group: container.labels[labels.group],
      container,
    },
  ];
}

function byKindAndName(a: FoundNode, b: FoundNode): number {
  const kinds = kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind);
  return kinds === 0 ? a.name.localeCompare(b.name, "en", { numeric: true }) : kinds;
}

/** The named cluster, or the only one when none is named. */
export async function chooseCluster(docker: DockerClient, name: string | undefined): Promise<FoundCluster> {
  if (name !== undefined) {
    const cluster = await findCluster(docker, name);
    if (cluster) return cluster;
    const others = (await findClusters(docker)).map((other) => other.name);
    throw new EngineError("CLUSTER_NOT_FOUND", `No cluster "${name}" is on ${docker.address}.`, {
      hint: others.length === 0 ? "Start one: hotfire up dledger" : `There are: ${others.join(", ")}.`,
    });
  }
  const clusters = await findClusters(docker);
  // What `down --keep-volumes` left behind does not make a running cluster ambiguous.
  const withNodes = clusters.filter((cluster) => cluster.nodes.length > 0);
  const candidates = withNodes.length > 0 ? withNodes : clusters;
  const [only, ...more] = candidates;
  if (only === undefined) {
    throw new EngineError("CLUSTER_NOT_FOUND", `No cluster is on ${docker.address}.`, {
      hint: "Start one: hotfire up dledger",
    });
  }
  if (more.length > 0) {
    const names = candidates.map((cluster) => cluster.name).join(", ");
    throw new EngineError("CLUSTER_AMBIGUOUS", `${candidates.length} clusters are there: ${names}.`, {
      hint: `Name one of them, e.g. ${only.name}.`,
    });
  }
  return only;
}
