import type { FoundCluster } from "../clusters/found-cluster.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import type { EventListener } from "../events/engine-event.ts";
import { Progress } from "../events/progress.ts";

export interface DownOptions {
  /** Whether the volumes, and with them every message, stay. Default false. */
  readonly keepVolumes?: boolean;
  /** Kill instead of a graceful stop. Default false. */
  readonly now?: boolean;
  readonly onEvent?: EventListener;
}

export interface DownResult {
  readonly cluster: string;
  readonly containers: number;
  readonly networks: number;
  readonly volumes: number;
  readonly keptVolumes: readonly string[];
  /** Nodes that did not stop within their grace and were killed. */
  readonly killed: readonly string[];
  readonly tookMs: number;
}

const killedExitCode = 137;
const alive = new Set(["running", "restarting", "paused"]);

/** Removes a cluster by what the engine holds of it. Works without a spec, and on half-created ones. */
export async function down(
  docker: DockerClient,
  cluster: FoundCluster,
  options: DownOptions = {},
): Promise<DownResult> {
  const progress = new Progress(options.onEvent);
  const containers = [...cluster.nodes.map(({ container }) => container), ...cluster.helpers];
  const killed: string[] = [];
  const running = containers.filter(({ state }) => alive.has(state));
  if (running.length > 0 && options.now !== true) {
    await progress.step("stop", `Stop ${cluster.name}`, async () => {
      await Promise.all(
        running.map(async (container) => {
          const node =
            cluster.nodes.find((found) => found.container.id === container.id)?.name ?? container.name;
          // A frozen process cannot act on a signal.
          if (container.state === "paused") await docker.unpauseContainer(container.id);
          await docker.stopContainer(container.id);
          const details = await docker.inspectContainer(container.id);
          if (details?.exitCode === killedExitCode) killed.push(node);
          progress.node(node, "stopped");
        }),
      );
      const late = killed.length === 0 ? "" : `, killed at the end of their grace: ${killed.join(", ")}`;
      return { value: undefined, summary: `${running.length} nodes${late}` };
    });
  }
  const removedVolumes = options.keepVolumes === true ? [] : cluster.volumes;
  await progress.step("remove", `Remove ${cluster.name}`, async () => {
    await Promise.all(containers.map(({ id }) => docker.removeContainer(id)));
    await Promise.all([
      ...cluster.networks.map(({ id }) => docker.removeNetwork(id)),
      ...removedVolumes.map(({ name }) => docker.removeVolume(name)),
    ]);
    const counts = `${containers.length} containers, ${cluster.networks.length} networks, ${removedVolumes.length} volumes`;
    return { value: undefined, summary: counts };
  });
  return {
    cluster: cluster.name,
    containers: containers.length,
    networks: cluster.networks.length,
    volumes: removedVolumes.length,
    keptVolumes: options.keepVolumes === true ? cluster.volumes.map(({ name }) => name) : [],
    killed,
    tookMs: Math.round(progress.elapsedMs),
  };
}
