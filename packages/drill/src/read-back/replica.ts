import {
  chooseCluster,
  type DockerClient,
  dialAddress,
  isBroker,
  membersOf,
  planOf,
  readStatus,
} from "@hotfire/engine";
import { type RemotingClient, RemotingError, topicStats } from "@hotfire/remoting";
import { errorText } from "../workload/send-answer.ts";

/** Min (inclusive) and max (exclusive) offset of a queue. */
export interface QueueEnds {
  readonly from: number;
  readonly to: number;
}

/** One replica of a group and its queues of a topic, or why they are not known. */
export interface Replica {
  readonly group: string;
  readonly node: string;
  readonly address: string | undefined;
  /** The broker is its group's master or leader, by its own word. */
  readonly isMaster: boolean;
  /** By queue; empty where the broker does not know the topic. */
  readonly queues: ReadonlyMap<number, QueueEnds> | undefined;
  readonly problem: string | undefined;
}

export interface ReplicaSource {
  readonly docker: DockerClient;
  readonly remoting: RemotingClient;
  readonly cluster: string;
  readonly topic: string;
}

const deadlineMs = 2000;

/** Every replica as it is now: addresses, roles and offsets. Throws CLUSTER_NOT_FOUND. */
export async function lookAtReplicas(source: ReplicaSource): Promise<Replica[]> {
  const { docker, cluster } = source;
  const found = await chooseCluster(docker, cluster);
  const plan = planOf(found);
  const status = await readStatus(docker, found, { deadlineMs });
  const masters = new Set(status.groups.map(({ master }) => master));
  const brokers = membersOf(plan, found).filter(isBroker);
  return Promise.all(
    brokers.map(async (member): Promise<Replica> => {
      const { name: node, group } = member.plan;
      const base = { group, node, isMaster: masters.has(node) };
      const state = member.container?.state ?? "missing";
      const address = dialAddress(docker, member);
      if (state !== "running" || address === undefined) {
        return { ...base, address: undefined, queues: undefined, problem: `its container is ${state}` };
      }
      try {
        return { ...base, address, queues: await queuesAt(source, address), problem: undefined };
      } catch (error) {
        return { ...base, address, queues: undefined, problem: errorText(error) };
      }
    }),
  );
}

async function queuesAt(source: ReplicaSource, address: string): Promise<Map<number, QueueEnds>> {
  try {
    const stats = await topicStats(source.remoting, address, source.topic, { deadlineMs });
    return new Map(
      stats.map(({ queueId, minOffset, maxOffset }) => [queueId, { from: minOffset, to: maxOffset }]),
    );
  } catch (error) {
    // A broker that lost its disk has lost its topics too; nothing is what it holds.
    if (error instanceof RemotingError && error.response?.name === "TOPIC_NOT_EXIST") return new Map();
    throw error;
  }
}
