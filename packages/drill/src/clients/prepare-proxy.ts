import { consumerOffset, createRemotingClient, updateConsumerOffset } from "@hotfire/remoting";
import { DrillError } from "../errors/drill-error.ts";
import type { OfficialClientOptions } from "./official-client.ts";
import { topicQueues } from "./topic-queues.ts";

const askMs = 3_000;

/**
 * Makes the proxy's freedom harmless. It chooses group and queue of each message and does not tell which, so that a
 * producer needs a topic with one queue. And a consumer group that never read begins at the end of the queues, so that
 * it is set to their beginning.
 */
export async function prepareProxy(options: OfficialClientOptions): Promise<void> {
  const { topic, consumerGroup } = options;
  const client = createRemotingClient({ deadlineMs: askMs });
  try {
    const queues = await topicQueues(client, options);
    if (options.produce && queues.length !== 1) {
      throw new DrillError(
        "CLIENT_UNAVAILABLE",
        `The topic ${topic} has ${queues.length} queues, and a proxy does not tell which one it chose for a message.`,
        { hint: "Produce through a proxy on one broker group, to a topic with one queue." },
      );
    }
    if (!options.consume) return;
    for (const { queue, master } of queues) {
      if (master === undefined) continue;
      const place = { consumerGroup, topic, queueId: queue };
      if ((await consumerOffset(client, master, place)) !== undefined) continue;
      await updateConsumerOffset(client, master, { ...place, offset: 0 });
    }
  } finally {
    await client.close();
  }
}
