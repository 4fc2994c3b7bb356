import type { BrokerPlan } from "@hotfire/topology";
import type { FoundCluster } from "../clusters/found-cluster.ts";
import { planOf } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { readStatus } from "../status/read-status.ts";
import { isWriter } from "./choose-successor.ts";
import { canSwitch, type SwitchoverOptions, type SwitchoverResult, switchover } from "./switchover.ts";

/**
 * Before a broker is taken down on purpose: whoever is fittest takes its group over. Undefined where the mode has no successors
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
  return switchover(docker, cluster, { group }, options);
}
