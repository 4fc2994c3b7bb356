import { labels } from "@hotfire/topology";
import { type FoundCluster, findCluster } from "../clusters/found-cluster.ts";
import type { DockerClient } from "../docker/docker-client.ts";

/** Removes nodes' containers and volumes, and with them what is stored; what Compose creates next begins empty. */
export async function removeStored(
  docker: DockerClient,
  cluster: FoundCluster,
  nodes: readonly string[],
): Promise<void> {
  const meant = new Set(nodes);
  const containers = cluster.nodes.filter(({ name }) => meant.has(name));
  const volumes = cluster.volumes.filter((volume) => meant.has(volume.labels[labels.node] ?? ""));
  await Promise.all(
    containers.map(async ({ container }) => {
      if (container.state === "paused") await docker.unpauseContainer(container.id);
      await docker.stopContainer(container.id);
      await docker.removeContainer(container.id);
    }),
  );
  await Promise.all(volumes.map(({ name }) => docker.removeVolume(name)));
}

/** The same of one node of a cluster as it is now. */
export async function removeStoredNow(docker: DockerClient, name: string, node: string): Promise<void> {
  const cluster = await findCluster(docker, name);
  if (cluster !== undefined) await removeStored(docker, cluster, [node]);
}
