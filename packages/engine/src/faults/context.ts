import type { ClusterPlan } from "@hotfire/topology";
import { type FoundCluster, findCluster } from "../clusters/found-cluster.ts";
import { isBroker, type Member, membersOf, planOf } from "../clusters/members.ts";
import type { ContainerSummary, DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";

/** A cluster as the engine has it at one moment. */
export interface ClusterNow {
  readonly docker: DockerClient;
  readonly found: FoundCluster;
  readonly plan: ClusterPlan;
  readonly members: readonly Member[];
}

/** A node that has a container. */
export type PresentMember = Member & { readonly container: ContainerSummary };

export async function lookAt(docker: DockerClient, cluster: string): Promise<ClusterNow> {
  const found = await findCluster(docker, cluster);
  if (found === undefined) {
    throw new EngineError("CLUSTER_NOT_FOUND", `There is no cluster "${cluster}" on this engine.`, {
      hint: "See hotfire ls",
    });
  }
  const plan = planOf(found);
  return { docker, found, plan, members: membersOf(plan, found) };
}

export function isPresent(member: Member): member is PresentMember {
  return member.container !== undefined;
}

/** A node of a cluster as it is now; it must have a container. */
export function memberNamed(now: ClusterNow, node: string): PresentMember {
  const member = now.members.find(({ plan }) => plan.name === node);
  if (member !== undefined && isPresent(member)) return member;
  throw new EngineError("NODE_STATE", `${node} has no container.`, {
    hint: "Bring it back with the same hotfire up.",
  });
}

export function groupsOf(members: readonly Member[]): string[] {
  return [...new Set(members.flatMap((member) => (isBroker(member) ? [member.plan.group] : [])))];
}
