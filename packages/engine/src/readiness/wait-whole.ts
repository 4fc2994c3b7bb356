import { setTimeout as sleep } from "node:timers/promises";
import { findCluster } from "../clusters/found-cluster.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { readStatus } from "../status/read-status.ts";

const pollMs = 300;

/**
 * Waits until every broker is registered in its role and every slave is in sync again. Resolves with what was still
 * missing when the time was over, empty when all is well.
 */
export async function waitUntilWhole(
  docker: DockerClient,
  name: string,
  options: { readonly atMostMs: number; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const until = performance.now() + options.atMostMs;
  for (;;) {
    options.signal.throwIfAborted();
    const missing = await look(docker, name);
    if (missing.length === 0 || performance.now() > until) return missing;
    await sleep(pollMs, undefined, { signal: options.signal });
  }
}

async function look(docker: DockerClient, name: string): Promise<string[]> {
  const cluster = await findCluster(docker, name);
  if (cluster === undefined) return [`the cluster "${name}" is gone`];
  const status = await readStatus(docker, cluster, { deadlineMs: 2000 });
  const missing = status.state === "ready" ? [] : [...status.problems];
  for (const { name: group } of status.groups) {
    const nodes = status.nodes.filter((node) => node.group === group);
    const master = nodes.map(({ replication }) => replication).find((one) => one?.kind === "master");
    if (master?.kind !== "master") continue;
    const inSync = master.slaves.filter((slave) => slave.inSync).length;
    if (inSync < nodes.length - 1)
      missing.push(`${inSync} of ${nodes.length - 1} slaves of ${group} are in sync`);
  }
  return missing;
}
