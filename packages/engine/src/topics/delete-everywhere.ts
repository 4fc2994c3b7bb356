import { messageOf } from "@hotfire/base";
import {
  createRemotingClient,
  deleteConsumerGroup,
  deleteTopic,
  deleteTopicRoute,
  type RemotingClient,
} from "@hotfire/remoting";
import type { FoundCluster } from "../clusters/found-cluster.ts";
import { dialAddress, isBroker, membersOf, planOf } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";

export interface Leftovers {
  readonly topics: readonly string[];
  readonly consumerGroups: readonly string[];
}

/**
 * Deletes topics and consumer groups at every broker that runs, and the topics' routes at every name server. Says what
 * could not be done instead of failing: it cleans up after something else.
 */
export async function deleteEverywhere(
  docker: DockerClient,
  cluster: FoundCluster,
  { topics, consumerGroups }: Leftovers,
): Promise<string[]> {
  await using remoting = createRemotingClient({ deadlineMs: 5000, connectTimeoutMs: 2000 });
  const problems: string[] = [];
  for (const member of membersOf(planOf(cluster), cluster)) {
    const address = dialAddress(docker, member);
    if (member.container?.state !== "running" || address === undefined) continue;
    const actions = isBroker(member)
      ? atBroker(remoting, address, { topics, consumerGroups })
      : member.plan.kind === "namesrv"
        ? topics.map((topic) => () => deleteTopicRoute(remoting, address, { topic }))
        : [];
    for (const action of actions) {
      await action().catch((error: unknown) => problems.push(`${member.plan.name}: ${messageOf(error)}`));
    }
  }
  return problems;
}

function atBroker(remoting: RemotingClient, address: string, what: Leftovers): (() => Promise<void>)[] {
  return [
    ...what.topics.map((topic) => () => deleteTopic(remoting, address, topic)),
    ...what.consumerGroups.map((groupName) => () => deleteConsumerGroup(remoting, address, { groupName })),
  ];
}
