import { setTimeout as sleep } from "node:timers/promises";
import { type ClusterPlan, type NodePlan, renderCompose } from "@hotfire/topology";
import { findCluster } from "../clusters/found-cluster.ts";
import { planOf } from "../clusters/members.ts";
import { composeReplace } from "../compose/compose.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import type { EventListener } from "../events/engine-event.ts";
import { Progress } from "../events/progress.ts";
import { waitUntilWhole } from "../readiness/wait-whole.ts";
import { readStatus } from "../status/read-status.ts";
import { refuseChange } from "../stored/refuse-change.ts";
import { removeStoredNow } from "../stored/renew-volumes.ts";
import { storedOf } from "../stored/stored-of.ts";
import { isWriter } from "../switchover/choose-successor.ts";
import { handOver } from "../switchover/hand-over.ts";

export interface RollingOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: EventListener;
  /** Broker groups; absent: the whole cluster, name servers, controllers and proxies included. */
  readonly groups?: readonly string[];
  /** A changed definition of the same cluster. Absent: what it was made from. */
  readonly plan?: ClusterPlan;
  /** Nodes whose data cannot bear the plan: each gets a new volume in its turn, which the others of its group fill. */
  readonly newVolumes?: readonly string[];
  /** How long the cluster may take to be whole again after each node. Default 120,000. */
  readonly deadlineMs?: number;
  /**
   * How long a broker that is back has before the next one of its group has its turn: while it compiles what it runs, it is slow to
   * follow and slower to lead. And brokers have that long to hear who leads the controllers. Default 5,000.
   */
  readonly settleMs?: number;
}

export interface RollingResult {
  readonly cluster: string;
  /** In the order in which they were restarted. */
  readonly restarted: readonly string[];
  /** Of those, with a new definition or image. */
  readonly recreated: readonly string[];
  readonly switched: readonly { readonly group: string; readonly from: string; readonly to: string }[];
  readonly tookMs: number;
}

/**
 * Restarts node after node, each only when the cluster is whole: followers and slaves first, then the group is handed over, then
 * the old leader or master. A node whose definition or image has changed is made anew, its volume kept. When it is interrupted,
 * the node that was being restarted runs again, and the rest is as it was.
 */
export async function restartRolling(
  docker: DockerClient,
  name: string,
  options: RollingOptions = {},
): Promise<RollingResult> {
  const progress = new Progress(options.onEvent);
  const { signal = new AbortController().signal, deadlineMs = 120_000, settleMs = 5000 } = options;
  const cluster = await mustFind(docker, name);
  const plan = options.plan ?? planOf(cluster);
  const meant = [...storedOf(cluster)].filter(([, { group }]) => isGroupMeant(group, options.groups));
  const renewed = new Set(refuseChange(new Map(meant), plan, { ...options, how: "rolling" }));
  const left = plan.nodes.filter((node) => isMeant(node, options.groups));
  const restarted: string[] = [];
  const recreated: string[] = [];
  const switched: { group: string; from: string; to: string }[] = [];
  await whole(docker, name, deadlineMs, signal, "it is not whole to begin with");
  while (left.length > 0) {
    signal.throwIfAborted();
    const node = await next(docker, name, left);
    left.splice(left.indexOf(node), 1);
    if (node.kind === "broker") {
      const handed = await handOver(docker, await mustFind(docker, name), node, { signal });
      if (handed !== undefined) {
        const { group, from, to, tookMs } = handed;
        switched.push({ group, from, to });
        progress.note("info", `${to} took ${group} over from ${from} in ${tookMs} ms`);
      }
    }
    await progress.step("restart", `Restart ${node.name}`, async () => {
      if (renewed.has(node.name)) await removeStoredNow(docker, name, node.name);
      const isNew = await replace(docker, name, plan, node, options.groups !== undefined);
      if (isNew) recreated.push(node.name);
      restarted.push(node.name);
      progress.node(node.name, isNew ? "recreated" : "restarted");
      await whole(docker, name, deadlineMs, signal, `it is not whole again after ${node.name}`);
      return { value: undefined, summary: `${node.name} ${isNew ? "is new and" : "is"} back` };
    });
    if (isToSettle(node, left[0])) await sleep(settleMs, undefined, { signal });
  }
  return { cluster: name, restarted, recreated, switched, tookMs: Math.round(progress.elapsedMs) };
}

function isMeant(node: NodePlan, groups: readonly string[] | undefined): boolean {
  return groups === undefined || (node.kind === "broker" && groups.includes(node.group));
}

function isGroupMeant(group: string | undefined, groups: readonly string[] | undefined): boolean {
  return groups === undefined || (group !== undefined && groups.includes(group));
}

/** Before the next broker of a group, and between the last controller and the first broker. */
function isToSettle(node: NodePlan, next: NodePlan | undefined): boolean {
  if (next?.kind !== "broker") return false;
  return node.kind === "controller" || (node.kind === "broker" && node.group === next.group);
}

async function mustFind(docker: DockerClient, name: string) {
  const cluster = await findCluster(docker, name);
  if (cluster !== undefined) return cluster;
  throw new EngineError("CLUSTER_NOT_FOUND", `The cluster "${name}" is gone.`);
}

async function whole(
  docker: DockerClient,
  name: string,
  atMostMs: number,
  signal: AbortSignal,
  what: string,
): Promise<void> {
  const missing = await waitUntilWhole(docker, name, { atMostMs, signal });
  if (missing.length === 0) return;
  throw new EngineError("DEADLINE_PASSED", `The rolling restart of "${name}" stops: ${what}.`, {
    hint: `See hotfire status ${name}, and begin again when it is ready.`,
    evidence: { seen: missing },
  });
}

/** In the plan's order, kind by kind; of brokers (group by group) and controllers, those who lead nobody first. */
async function next(docker: DockerClient, name: string, left: readonly NodePlan[]): Promise<NodePlan> {
  const [first] = left;
  if (first === undefined) throw new TypeError("no node is left");
  const { kind } = first;
  if (kind !== "broker" && kind !== "controller") return first;
  const group = kind === "broker" ? first.group : undefined;
  const candidates = left.filter(
    (node) => node.kind === kind && (node.kind !== "broker" || node.group === group),
  );
  const status = await readStatus(docker, await mustFind(docker, name));
  const writers = new Set(status.nodes.filter(isWriter).map((node) => node.name));
  return candidates.find((node) => !writers.has(node.name)) ?? first;
}

/**
 * Stops and starts a node, or replaces its container where definition or image have changed. Not interrupted half-way.
 * In a whole cluster those a node depends on have had their turn; beside single groups they are left `alone`.
 */
async function replace(
  docker: DockerClient,
  name: string,
  plan: ClusterPlan,
  node: NodePlan,
  alone: boolean,
): Promise<boolean> {
  const containerOf = async () =>
    (await mustFind(docker, name)).nodes.find((found) => found.name === node.name)?.container;
  const old = await containerOf();
  if (old !== undefined) await docker.stopContainer(old.id, node.stopGraceSeconds);
  await composeReplace(node.name, { project: plan.project, file: renderCompose(plan), alone });
  const container = await containerOf();
  if (container === undefined) throw new EngineError("NODE_STATE", `${node.name} has no container.`);
  await docker.startContainer(container.id);
  return container.id !== old?.id;
}
