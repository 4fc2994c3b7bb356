import { setTimeout as sleep } from "node:timers/promises";
import type { BrokerPlan } from "@hotfire/topology";
import type { FoundCluster } from "../clusters/found-cluster.ts";
import { planOf } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { behind, committedByLeader, slavesInSync } from "../readiness/followers.ts";
import type { NodeStatus } from "../status/cluster-status.ts";
import { readStatus } from "../status/read-status.ts";
import { isWriter } from "./choose-successor.ts";
import { canSwitch, type SwitchoverOptions, type SwitchoverResult, switchover } from "./switchover.ts";

/** Followers need less than a second on a calm machine; one that needs longer is no reason to keep the old leader for ever. */
const followMs = 5000;
/** The new leader is busy enough; nobody follows it sooner. */
const pollMs = 400;

/**
 * Before a broker is taken down on purpose: whoever is fittest takes its group over, and the others follow before this resolves,
 * within 5 s: until they do, the new one needs the broker that is about to go for every acknowledgement. Undefined where the mode has no successors
 * and where the broker leads nothing at this moment.
 * @throws EngineError as `switchover` does; the broker leads on then.
 */
export async function handOver(
  docker: DockerClient,
  cluster: FoundCluster,
  { name, group }: Pick<BrokerPlan, "name" | "group">,
  options: SwitchoverOptions = {},
): Promise<SwitchoverResult | undefined> {
  if (!canSwitch(planOf(cluster))) return undefined;
  const { nodes } = await readStatus(docker, cluster);
  if (!nodes.some((node) => node.name === name && isWriter(node))) return undefined;
  const handed = await switchover(docker, cluster, { group }, options);
  await untilFollowed(docker, cluster, handed, options.signal);
  return handed;
}

async function untilFollowed(
  docker: DockerClient,
  cluster: FoundCluster,
  { group, to }: SwitchoverResult,
  signal: AbortSignal | undefined,
): Promise<void> {
  const until = performance.now() + followMs;
  for (let wanted = Number.POSITIVE_INFINITY; performance.now() < until; ) {
    await sleep(pollMs, undefined, signal === undefined ? {} : { signal });
    const { nodes } = await readStatus(docker, cluster);
    const members = nodes.filter((node) => node.group === group);
    if (isFollowed(members, to, wanted)) return;
    wanted = committedByLeader(members) ?? Number.POSITIVE_INFINITY;
  }
}

/** Whether all that answer have what the leader had at the look before, or are in sync with the master. */
function isFollowed(members: readonly NodeStatus[], writer: string, wanted: number): boolean {
  const others = members.filter(({ name, role }) => name !== writer && role !== undefined);
  const inSync = slavesInSync(members);
  if (inSync !== undefined) return others.every(({ name }) => inSync.includes(name));
  return Number.isFinite(wanted) && behind(members, wanted).length === 0;
}
