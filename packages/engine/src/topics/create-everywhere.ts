import { setTimeout as sleep } from "node:timers/promises";
import {
  type ConsumerGroupConfig,
  changeConsumerGroup,
  changeTopic,
  consumerGroups,
  createConsumerGroup,
  createRemotingClient,
  createTopic,
  type RemotingClient,
  type TopicConfig,
  type TopicSettings,
  topicConfigs,
  topicRoute,
} from "@hotfire/remoting";
import type { FoundCluster } from "../clusters/found-cluster.ts";
import { dialAddress, isBroker, membersOf, planOf } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import { readStatus } from "../status/read-status.ts";

const deadlineMs = 15_000;

export interface CreatedEverywhere {
  readonly name: string;
  /** Whether a broker had it before. */
  readonly existed: boolean;
  /** The node of each broker group that it was created on. */
  readonly masters: readonly string[];
  /** Running slaves and followers, which were told too. */
  readonly replicas: readonly string[];
}

const newQueues = 8;

/**
 * Creates a topic on every broker that runs, and waits until every name server has it. Where it is already only the queues change,
 * and these only if a number is given; a broker without it gets it as the others have it. Replicas are told too: they copy topics
 * from their master only every 10 s, and one that is promoted before that would refuse the topic.
 */
export async function createTopicEverywhere(
  docker: DockerClient,
  cluster: FoundCluster,
  topic: string,
  queues?: number,
): Promise<CreatedEverywhere> {
  await using remoting = createRemotingClient({ deadlineMs: 5000 });
  const brokers = await findBrokers(docker, cluster);
  const records = new Map<string, TopicConfig>();
  for (const { address } of brokers) {
    const record = (await topicConfigs(remoting, address)).topics.get(topic);
    if (record !== undefined) records.set(address, record);
  }
  const [model] = records.values();
  const change = queues === undefined ? {} : { readQueueNums: queues, writeQueueNums: queues };
  for (const { address } of brokers) {
    const record = records.get(address);
    if (record === undefined) await createTopic(remoting, address, newTopic(topic, model, queues));
    else if (queues !== undefined) await changeTopic(remoting, address, record, change);
  }
  await waitForRoute(docker, cluster, remoting, topic);
  return created(topic, brokers, records.size > 0);
}

function newTopic(topic: string, model: TopicConfig | undefined, queues: number | undefined): TopicSettings {
  const readQueueNums = queues ?? model?.readQueueNums ?? newQueues;
  const writeQueueNums = queues ?? model?.writeQueueNums ?? newQueues;
  if (model === undefined) return { topic, readQueueNums, writeQueueNums };
  const { topicName: _, attributes, ...settings } = model;
  return {
    topic,
    ...settings,
    readQueueNums,
    writeQueueNums,
    ...(attributes === undefined ? {} : { attributes }),
  };
}

/** Creates a consumer group on every broker that runs and has none of the name: there it stays as it is. */
export async function createConsumerGroupEverywhere(
  docker: DockerClient,
  cluster: FoundCluster,
  groupName: string,
): Promise<CreatedEverywhere> {
  await using remoting = createRemotingClient({ deadlineMs: 5000 });
  const brokers = await findBrokers(docker, cluster);
  const records = new Map<string, ConsumerGroupConfig>();
  for (const { address } of brokers) {
    const record = (await consumerGroups(remoting, address)).get(groupName);
    if (record !== undefined) records.set(address, record);
  }
  const [model] = records.values();
  for (const { address } of brokers) {
    if (records.has(address)) continue;
    if (model === undefined) await createConsumerGroup(remoting, address, { groupName });
    else await changeConsumerGroup(remoting, address, model, {});
  }
  return created(groupName, brokers, records.size > 0);
}

interface Broker {
  readonly node: string;
  readonly address: string;
  readonly isMaster: boolean;
}

function created(name: string, brokers: readonly Broker[], existed: boolean): CreatedEverywhere {
  const names = (isMaster: boolean) =>
    brokers.filter((broker) => broker.isMaster === isMaster).map(({ node }) => node);
  return { name, existed, masters: names(true), replicas: names(false) };
}

/** Masters first: a replica that copies from its master at this moment must not lose what it was just told. */
async function findBrokers(docker: DockerClient, cluster: FoundCluster): Promise<Broker[]> {
  const { groups } = await readStatus(docker, cluster, { deadlineMs: 5000 });
  const members = membersOf(planOf(cluster), cluster).filter(isBroker);
  const masters = groups.map(({ name, master }) => {
    const member = members.find(({ plan }) => plan.name === master);
    const address = member === undefined ? undefined : dialAddress(docker, member);
    if (master === undefined || address === undefined) {
      throw new EngineError("NODE_STATE", `Broker group ${name} has no master that answers.`, {
        hint: `See hotfire status ${cluster.name}; it has to exist on every group, or clients miss some of its queues.`,
      });
    }
    return { node: master, address, isMaster: true };
  });
  const replicas = members.flatMap((member) => {
    const node = member.plan.name;
    const address = dialAddress(docker, member);
    const isMaster = masters.some((master) => master.node === node);
    if (isMaster || address === undefined || member.container?.state !== "running") return [];
    return [{ node, address, isMaster: false }];
  });
  return [...masters, ...replicas];
}

async function waitForRoute(
  docker: DockerClient,
  cluster: FoundCluster,
  remoting: RemotingClient,
  topic: string,
): Promise<void> {
  const plan = planOf(cluster);
  const until = performance.now() + deadlineMs;
  const namesrvs = membersOf(plan, cluster).filter((member) => member.plan.kind === "namesrv");
  for (const namesrv of namesrvs) {
    const address = dialAddress(docker, namesrv);
    if (namesrv.container?.state !== "running" || address === undefined) continue;
    for (;;) {
      const routed = await topicRoute(remoting, address, topic).then(
        ({ queueDatas }) => new Set(queueDatas.map(({ brokerName }) => brokerName)).size,
        () => 0,
      );
      if (routed === plan.groups.length) break;
      if (performance.now() > until) {
        throw new EngineError(
          "DEADLINE_PASSED",
          `${namesrv.plan.name} does not route ${topic} to every group.`,
          {
            hint: `It knows ${routed} of ${plan.groups.length} groups; see hotfire status ${cluster.name}`,
          },
        );
      }
      await sleep(50);
    }
  }
}
