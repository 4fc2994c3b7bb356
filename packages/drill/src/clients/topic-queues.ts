import { chooseCluster, dialAddress, membersOf, planOf } from "@hotfire/engine";
import { type RemotingClient, topicRoute } from "@hotfire/remoting";
import type { OfficialClientOptions } from "./official-client.ts";

/** A queue and who serves its end. */
export interface TopicQueue {
  readonly group: string;
  readonly queue: number;
  /** `host:port`; undefined while the group has no master. */
  readonly master: string | undefined;
}

/** The topic's queues as a running name server knows them; throws when none does. */
export async function topicQueues(
  client: RemotingClient,
  options: Pick<OfficialClientOptions, "docker" | "cluster" | "topic" | "groups">,
): Promise<TopicQueue[]> {
  const { docker, topic, groups } = options;
  const cluster = await chooseCluster(docker, options.cluster);
  const namesrvs = membersOf(planOf(cluster), cluster).filter(
    ({ plan, container }) => plan.kind === "namesrv" && container?.state === "running",
  );
  const [namesrv] = namesrvs.flatMap((member) => dialAddress(docker, member) ?? []);
  if (namesrv === undefined) throw new Error("no name server runs");
  const route = await topicRoute(client, namesrv, topic);
  return route.queueDatas
    .filter(({ brokerName }) => groups.includes(brokerName))
    .flatMap(({ brokerName, readQueueNums }) => {
      const brokers = route.brokerDatas.find((data) => data.brokerName === brokerName);
      const master = brokers?.brokerAddrs.get(0);
      return Array.from({ length: readQueueNums }, (_, queue) => ({ group: brokerName, queue, master }));
    });
}
