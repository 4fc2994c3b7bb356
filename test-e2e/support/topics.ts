import {
  clusterInfo,
  createConsumerGroup,
  createTopic,
  type RemotingClient,
  topicConfigs,
  topicRoute,
} from "@hotfire/remoting";
import { until } from "./until.ts";

/** The address of each group's master (or leader), as a name server has it. */
export async function masters(client: RemotingClient, namesrv: string): Promise<ReadonlyMap<string, string>> {
  const { brokers } = await clusterInfo(client, namesrv);
  return new Map(
    [...brokers].flatMap(([group, { brokerAddrs }]): [string, string][] => {
      const master = brokerAddrs.get(0);
      return master === undefined ? [] : [[group, master]];
    }),
  );
}

/** Creates a topic on every group and waits until every name server routes it to all of them. Gives the groups. */
export async function createTopicEverywhere(
  client: RemotingClient,
  namesrvs: readonly string[],
  topic: string,
  queues = 4,
): Promise<readonly string[]> {
  const [first] = namesrvs;
  if (first === undefined) throw new Error("no name server");
  const groups = await masters(client, first);
  for (const broker of groups.values()) {
    await createTopic(client, broker, { topic, readQueueNums: queues, writeQueueNums: queues });
  }
  for (const namesrv of namesrvs) {
    await until(`${topic} is routed to ${[...groups.keys()].join(", ")} by ${namesrv}`, async () => {
      const route = await topicRoute(client, namesrv, topic);
      return new Set(route.queueDatas.map(({ brokerName }) => brokerName)).size === groups.size;
    });
  }
  return [...groups.keys()].sort();
}

/** Slaves and followers copy topics from their master every 10 s; who takes over before that does not know a new one. */
export async function copiedToAll(
  client: RemotingClient,
  brokers: readonly string[],
  topic: string,
): Promise<void> {
  for (const broker of brokers) {
    await until(`${broker} knows ${topic}`, async () =>
      (await topicConfigs(client, broker)).topics.has(topic),
    );
  }
}

export async function createGroupEverywhere(
  client: RemotingClient,
  namesrv: string,
  group: string,
): Promise<void> {
  for (const broker of (await masters(client, namesrv)).values()) {
    await createConsumerGroup(client, broker, { groupName: group });
  }
}
