import { setTimeout as sleep } from "node:timers/promises";
import { findCluster } from "../clusters/found-cluster.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { readStatus } from "../status/read-status.ts";
import { behind, committedByLeader, slavesInSync } from "./followers.ts";

const pollMs = 300;

/**
 * Waits until every broker is registered in its role, every slave is in sync again, and every DLedger follower has what its leader
 * had committed a moment ago. Resolves with what was still missing when the time was over, empty when all is well.
 */
export async function waitUntilWhole(
  docker: DockerClient,
  name: string,
  options: { readonly atMostMs: number; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const until = performance.now() + options.atMostMs;
  for (let committed: Positions = new Map(); ; ) {
    options.signal.throwIfAborted();
    const { missing, positions } = await look(docker, name, committed);
    committed = positions;
    if (missing.length === 0 || performance.now() > until) return missing;
    await sleep(pollMs, undefined, { signal: options.signal });
  }
}

/** Byte positions up to which leaders had committed, by group. */
type Positions = ReadonlyMap<string, number>;

async function look(
  docker: DockerClient,
  name: string,
  earlier: Positions,
): Promise<{ missing: string[]; positions: Positions }> {
  const cluster = await findCluster(docker, name);
  if (cluster === undefined) return { missing: [`the cluster "${name}" is gone`], positions: earlier };
  const status = await readStatus(docker, cluster, { deadlineMs: 2000 });
  const missing = status.state === "ready" ? [] : [...status.problems];
  const positions = new Map<string, number>();
  for (const { name: group } of status.groups) {
    const nodes = status.nodes.filter((node) => node.group === group);
    const inSync = slavesInSync(nodes)?.length ?? nodes.length - 1;
    if (inSync < nodes.length - 1)
      missing.push(`${inSync} of ${nodes.length - 1} slaves of ${group} are in sync`);
    const committed = committedByLeader(nodes);
    if (committed === undefined) continue;
    positions.set(group, committed);
    const late = behind(nodes, earlier.get(group) ?? Number.POSITIVE_INFINITY);
    if (late.length > 0) missing.push(`${late.join(", ")} of ${group} has not caught up with the leader`);
  }
  return { missing, positions };
}
