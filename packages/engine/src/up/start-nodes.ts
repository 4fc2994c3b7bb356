import { messageOf } from "@hotfire/base";
import type { NodePlan } from "@hotfire/topology";
import type { Member } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import type { Progress } from "../events/progress.ts";
import { findConflicts, readPortsInUse, refuseConflicts } from "../preflight/ports.ts";

const startOrder = ["namesrv", "controller", "broker", "proxy", "console"] as const;

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
        else await start(docker, plan, container.id);
        started.push(plan.name);
        progress.node(plan.name, "started");
      }),
    );
  }
  return started;
}

/** Somebody may have taken a port after the check: say so as the check would. */
async function start(docker: DockerClient, plan: NodePlan, id: string): Promise<void> {
  try {
    await docker.startContainer(id);
  } catch (error) {
    if (!/port is already allocated|address already in use/.test(messageOf(error))) throw error;
    const wanted = plan.ports.flatMap(({ host }) =>
      host === undefined ? [] : [{ node: plan.name, ...host }],
    );
    await refuseConflicts(findConflicts("", wanted, await readPortsInUse(docker)));
    throw error;
  }
}
