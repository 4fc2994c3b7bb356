import { findCluster } from "../clusters/found-cluster.ts";
import { planOf } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import { type SwitchoverOptions, type SwitchoverResult, switchover } from "./switchover.ts";

/**
 * Spreads the groups' writers over the brokers' places, so that no place leads every group: the n-th group by its n-th broker,
 * and again from the first. A group whose broker there cannot take over is left as it is, and reported.
 */
export async function spreadWriters(
  docker: DockerClient,
  name: string,
  options: SwitchoverOptions & { readonly onSkip?: (group: string, why: string) => void } = {},
): Promise<SwitchoverResult[]> {
  const results: SwitchoverResult[] = [];
  for (let position = 0; ; position += 1) {
    options.signal?.throwIfAborted();
    const cluster = await findCluster(docker, name);
    const group = cluster === undefined ? undefined : planOf(cluster).groups[position];
    if (cluster === undefined || group === undefined) return results;
    const to = group.brokers[position % group.brokers.length];
    if (to === undefined) continue;
    try {
      results.push(await switchover(docker, cluster, { group: group.name, to: to.name }, options));
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== "SWITCHOVER_FAILED") throw error;
      options.onSkip?.(group.name, error.message);
    }
  }
}
