import type { FoundCluster } from "../clusters/found-cluster.ts";
import { isBroker, type Member, membersOf, planOf } from "../clusters/members.ts";
import type { ContainerState, DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import { handOver } from "../switchover/hand-over.ts";
import { readCandidates, unasked } from "./candidates.ts";
import { describeTarget, matchOneTarget, matchTarget, parseTarget } from "./target.ts";

export const nodeActions = ["stop", "start", "restart", "kill", "pause", "unpause"] as const;
export type NodeAction = (typeof nodeActions)[number];

export interface NodeActionResult {
  readonly cluster: string;
  readonly action: NodeAction;
  /** As it was written: `broker-a:leader`. */
  readonly target: string;
  /** The node that it was at that moment. */
  readonly node: string;
  readonly before: ContainerState;
  readonly after: ContainerState;
  readonly exitCode?: number;
  /** Who took over the group's writes before the node was stopped. */
  readonly successor?: string;
  readonly tookMs: number;
}

export interface ActOptions {
  /**
   * Whether a leader or master that is to be stopped or restarted hands its group over first, where the mode can. Nobody fit
   * to take over is no reason not to stop it: `onNote` is told. Default true.
   */
  readonly switchover?: boolean;
  readonly onNote?: (message: string) => void;
}

/** States from which each action makes sense. */
const allowed: Readonly<Record<NodeAction, readonly ContainerState[]>> = {
  stop: ["running", "restarting", "paused"],
  start: ["created", "exited", "dead"],
  restart: ["running", "restarting", "paused", "created", "exited", "dead"],
  kill: ["running", "restarting", "paused"],
  pause: ["running"],
  unpause: ["paused"],
};

/** Resolves a target to nodes, roles as they are at this moment. */
export async function resolveTargets(
  docker: DockerClient,
  cluster: FoundCluster,
  text: string,
): Promise<string[]> {
  return matchTarget(parseTarget(text), await candidatesFor(docker, cluster, text));
}

/** Does one thing to one node, and returns when the engine says that it is done. */
export async function actOnNode(
  docker: DockerClient,
  cluster: FoundCluster,
  action: NodeAction,
  text: string,
  options: ActOptions = {},
): Promise<NodeActionResult> {
  const startedAt = performance.now();
  const target = parseTarget(text);
  const node = matchOneTarget(target, await candidatesFor(docker, cluster, text));
  const member = membersOf(planOf(cluster), cluster).find(({ plan }) => plan.name === node);
  const container = member?.container;
  if (member === undefined || container === undefined) {
    throw new EngineError("NODE_STATE", `${node} has no container.`, {
      hint: "Bring it back with the same hotfire up.",
    });
  }
  if (!allowed[action].includes(container.state)) {
    throw new EngineError("NODE_STATE", `${node} is ${container.state}: there is nothing to ${action}.`, {
      hint: `See hotfire status ${cluster.name}`,
    });
  }
  const isPlanned = (action === "stop" || action === "restart") && container.state === "running";
  const successor =
    isPlanned && options.switchover !== false
      ? await successorOf(docker, cluster, member, options.onNote)
      : undefined;
  await perform(docker, action, container.id, container.state, member);
  const details = await docker.inspectContainer(container.id);
  const after = details?.state ?? "dead";
  return {
    cluster: cluster.name,
    action,
    target: describeTarget(target),
    node,
    before: container.state,
    after,
    ...(successor === undefined ? {} : { successor }),
    ...(after === "exited" && details !== undefined ? { exitCode: details.exitCode } : {}),
    tookMs: Math.round(performance.now() - startedAt),
  };
}

async function successorOf(
  docker: DockerClient,
  cluster: FoundCluster,
  member: Member,
  onNote: ActOptions["onNote"],
): Promise<string | undefined> {
  if (!isBroker(member)) return undefined;
  try {
    return (await handOver(docker, cluster, member.plan))?.to;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    onNote?.(error.message);
    return undefined;
  }
}

async function candidatesFor(docker: DockerClient, cluster: FoundCluster, text: string) {
  const members = membersOf(planOf(cluster), cluster);
  const isRole = parseTarget(text).by === "role";
  // A node's name needs nobody to be asked, and works on dead clusters.
  return isRole ? readCandidates(docker, members) : members.map(unasked);
}

async function perform(
  docker: DockerClient,
  action: NodeAction,
  id: string,
  state: ContainerState,
  member: Member,
): Promise<void> {
  const grace = member.plan.stopGraceSeconds;
  // A frozen process cannot act on SIGTERM.
  const thaw = async () => {
    if (state === "paused") await docker.unpauseContainer(id);
  };
  switch (action) {
    case "stop":
      await thaw();
      return docker.stopContainer(id, grace);
    case "start":
      return docker.startContainer(id);
    case "restart":
      await thaw();
      await docker.stopContainer(id, grace);
      return docker.startContainer(id);
    case "kill":
      return killForGood(docker, id);
    case "pause":
      return docker.pauseContainer(id);
    case "unpause":
      return docker.unpauseContainer(id);
  }
}

/** The engine counts a kill through its API as a stop by hand: `restart: unless-stopped` does not bring it back. */
async function killForGood(docker: DockerClient, id: string): Promise<void> {
  await docker.killContainer(id);
  await docker.waitForExit(id);
}
