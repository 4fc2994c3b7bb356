import type { Member } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import type { Progress } from "../events/progress.ts";

const startOrder = ["namesrv", "controller", "broker", "proxy"] as const;

/**
 * Starts what does not run, name servers first and each kind at once. Nobody waits for another's health: brokers
 * register again and again, and what they wait for boots while they do.
 */
export async function startNodes(
  docker: DockerClient,
  members: readonly Member[],
  progress: Progress,
): Promise<string[]> {
  const started: string[] = [];
  for (const kind of startOrder) {
    await Promise.all(
      members.map(async ({ plan, container }) => {
        if (plan.kind !== kind || container === undefined || container.state === "running") return;
        if (container.state === "paused") await docker.unpauseContainer(container.id);
        else await docker.startContainer(container.id);
        started.push(plan.name);
        progress.node(plan.name, "started");
      }),
    );
  }
  return started;
}
