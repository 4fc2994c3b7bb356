import { consumerGroups, createConsumerGroup, createTopic, topicConfigs } from "@hotfire/remoting";
import { expect } from "vitest";
import { addressOfNode, masterOf, ready } from "./broker-address.ts";
import type { sharedClusterTest } from "./cluster-test.ts";
import { sendTexts } from "./messages.ts";

/** Users report topics gone that they made just before a switch: replicas of RocketMQ copy them every 12 s. */
export function describeNewTopic(it: ReturnType<typeof sharedClusterTest>, switches: number): void {
  it("a topic and a group that were made a moment before the master died are there after it", async ({
    cluster,
  }) => {
    for (let number = 1; number <= switches; number += 1) {
      const topic = `JustMade-${number}`;
      const master = await masterOf(cluster, "broker-a");
      const broker = await addressOfNode(cluster, master);
      await createTopic(cluster.remoting, broker, { topic, readQueueNums: 4, writeQueueNums: 4 });
      await createConsumerGroup(cluster.remoting, broker, { groupName: topic.toLowerCase() });
      await cluster.node("kill", master);
      const next = await addressOfNode(cluster, await masterOf(cluster, "broker-a", master));
      const { topics } = await topicConfigs(cluster.remoting, next);
      expect(topics.get(topic)).toMatchObject({ readQueueNums: 4, writeQueueNums: 4 });
      expect([...(await consumerGroups(cluster.remoting, next)).keys()]).toContain(topic.toLowerCase());
      await sendTexts(cluster.remoting, { topic, queueId: 3, broker: next }, ["after the switch"]);
      await cluster.node("start", master);
      await ready(cluster);
    }
  });
}
