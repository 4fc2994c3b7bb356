import {
  brokerConfig,
  brokerRuntimeInfo,
  clusterInfo,
  consumedTopics,
  consumerGroups,
  consumerOffset,
  consumeStats,
  createConsumerGroup,
  createRemotingClient,
  createTopic,
  createUniqueIds,
  deleteConsumerGroup,
  deleteTopic,
  deleteTopicRoute,
  maxOffset,
  minOffset,
  nameServerConfig,
  pull,
  queryMessages,
  RemotingError,
  resetConsumerOffset,
  searchOffset,
  send,
  sendBatch,
  topicConfigs,
  topicConsumers,
  topicList,
  topicRoute,
  topicStats,
  updateConsumerOffset,
  viewMessage,
} from "@hotfire/remoting";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

const RUN = `remoting-${Date.now().toString(36)}`;
const SOON = { timeout: 30_000, interval: 100 };

/**
 * Every request of packages/remoting that any cluster answers, against a running one. `nameServers` is called when the
 * tests begin; an empty list fails them.
 */
export function remotingSuite(nameServers: () => readonly string[]): void {
  describe("the remoting client and a running cluster", () => {
    const client = createRemotingClient();
    const topic = `${RUN}-topic`;
    const group = `${RUN}-group`;
    const ids = createUniqueIds();
    let servers: readonly string[] = [];
    let masters: readonly { readonly name: string; readonly address: string }[] = [];

    beforeAll(async () => {
      servers = nameServers();
      const [first] = servers;
      if (first === undefined) throw new Error("no name server was given: set NAMESRV=host:port;host:port");
      const { brokers } = await clusterInfo(client, first);
      masters = [...brokers.values()].map((broker) => {
        const address = broker.brokerAddrs.get(0);
        if (address === undefined) throw new Error(`${broker.brokerName} has no master`);
        return { name: broker.brokerName, address };
      });
      expect(masters).not.toHaveLength(0);
      for (const { address } of masters)
        await createTopic(client, address, { topic, readQueueNums: 4, writeQueueNums: 4 });
    });

    afterAll(async () => {
      for (const { address } of masters) await deleteTopic(client, address, topic);
      for (const server of servers) await deleteTopicRoute(client, server, { topic });
      await client.close();
    });

    test("every name server knows the topic at every group", async () => {
      for (const server of servers) {
        await vi.waitFor(async () => {
          const route = await topicRoute(client, server, topic);
          expect(route.queueDatas.map((queue) => queue.brokerName).toSorted()).toEqual(
            masters.map(({ name }) => name).toSorted(),
          );
        }, SOON);
        expect(await topicList(client, server)).toContain(topic);
        expect((await nameServerConfig(client, server)).get("listenPort")).toMatch(/^\d+$/);
      }
    });

    test("a name server refuses the route of a topic that does not exist", async () => {
      const asked = topicRoute(client, servers[0] ?? "", `${RUN}-nowhere`);
      await expect(asked).rejects.toBeInstanceOf(RemotingError);
      await expect(asked).rejects.toMatchObject({ response: { name: "TOPIC_NOT_EXIST" } });
    });

    test("every master tells its configuration, runtime and topics", async () => {
      for (const { name, address } of masters) {
        expect((await brokerConfig(client, address)).properties.get("brokerName")).toBe(name);
        expect((await brokerRuntimeInfo(client, address)).version).toMatch(/^V5/);
        expect((await topicConfigs(client, address)).topics.get(topic)).toMatchObject({
          writeQueueNums: 4,
          perm: 6,
        });
      }
    });

    test("messages make the round trip through every group, one by one and as a batch", async () => {
      for (const { name, address } of masters) {
        const uniqueKey = ids();
        const properties = { UNIQ_KEY: uniqueKey, KEYS: `${RUN} other`, TAGS: "a" };
        const body = Buffer.from(`hello ${name} ü`);
        const sent = await send(client, address, { topic, queueId: 0, body, properties });
        expect(sent.status).toBe("stored");
        const messages = ["one", "two", "three"].map((text) => ({
          body: Buffer.from(text),
          properties: { TAGS: "b" },
        }));
        const batch = await sendBatch(client, address, { topic, queueId: 0, messages });
        expect(batch.queueOffset).toBe(sent.queueOffset + 1);
        await vi.waitFor(async () => {
          const pulled = await pull(client, address, { topic, queueId: 0, offset: sent.queueOffset });
          expect(pulled.messages.map((message) => message.body.toString())).toEqual([
            `hello ${name} ü`,
            "one",
            "two",
            "three",
          ]);
          expect(pulled.messages[0]).toMatchObject({ uniqueKey, offsetMessageId: sent.offsetMessageId });
        }, SOON);
        const tagged = await pull(client, address, {
          topic,
          queueId: 0,
          offset: sent.queueOffset,
          tags: "b",
        });
        expect(tagged.messages).toHaveLength(3);
        const found = await vi.waitFor(async () => {
          const byKey = await queryMessages(client, address, { topic, key: RUN });
          expect(byKey).toHaveLength(1);
          return byKey[0];
        }, SOON);
        expect(found?.uniqueKey).toBe(uniqueKey);
        const seen = await viewMessage(client, address, found?.commitLogOffset ?? -1);
        expect(seen.body.equals(body)).toBe(true);
      }
    });

    test("a pull waits at the end of a queue until there is something", async () => {
      for (const { address } of masters) {
        const query = { topic, queueId: 1, offset: 0, suspendMs: 15_000 };
        const waiting = pull(client, address, query);
        await send(client, address, { topic, queueId: 1, body: Buffer.from("late") });
        const result = await waiting;
        // The broker may wake up the request before its queue shows the message.
        const { messages } = result.status === "found" ? result : await pull(client, address, query);
        expect(messages.map((message) => message.body.toString())).toEqual(["late"]);
      }
    });

    test("offsets say where a queue begins, ends and was at a time", async () => {
      for (const { name, address } of masters) {
        const queue = { topic, queueId: 0 };
        expect(await minOffset(client, address, queue)).toBe(0);
        const end = await maxOffset(client, address, queue);
        expect(end).toBeGreaterThanOrEqual(4);
        expect(await searchOffset(client, address, { ...queue, timestamp: 0 })).toBe(0);
        const stats = await topicStats(client, address, topic);
        expect(stats.find((item) => item.queueId === 0)).toMatchObject({
          brokerName: name,
          minOffset: 0,
          maxOffset: end,
        });
      }
    });

    test("a consumer group is created, placed, measured and deleted", async () => {
      for (const { address } of masters) {
        await createConsumerGroup(client, address, { groupName: group, retryMaxTimes: 3 });
        expect((await consumerGroups(client, address)).get(group)).toMatchObject({ retryMaxTimes: 3 });
        const queue = { topic, queueId: 0, consumerGroup: group };
        expect(await consumerOffset(client, address, queue)).toBeUndefined();
        await updateConsumerOffset(client, address, { ...queue, offset: 2 });
        expect(await consumerOffset(client, address, queue)).toBe(2);
        const { queues } = await consumeStats(client, address, { consumerGroup: group, topic });
        expect(queues.find((item) => item.queueId === 0)).toMatchObject({ consumerOffset: 2 });
        expect(await topicConsumers(client, address, topic)).toContain(group);
        expect(await consumedTopics(client, address, group)).toContain(topic);
        const reset = await resetConsumerOffset(client, address, { consumerGroup: group, topic, to: 0 });
        expect(reset.every(({ offset }) => offset === 0)).toBe(true);
        await deleteConsumerGroup(client, address, { groupName: group });
        expect((await consumerGroups(client, address)).has(group)).toBe(false);
      }
    });
  });
}
