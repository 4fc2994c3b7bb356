import { expect, test } from "vitest";
import * as remoting from "../index.ts";
import { replay } from "../testing/captured.ts";
import { failureOf } from "../testing/failure.ts";

// A Java push consumer of the group `live-readers`, subscribed to the topic `live` of 8 queues.
const consumer = { consumerGroup: "live-readers", clientId: "anyone" };

test("a consumer's own account of its queues and rates", async () => {
  const info = await replay("consumerRunningInfo", (client, to) =>
    remoting.consumerRunningInfo(client, to, consumer),
  );
  expect(info.queues.filter(({ topic }) => topic === "live")).toHaveLength(8);
  expect(info.queues[0]).toMatchObject({ brokerName: "broker-a", topic: "live", commitOffset: 1 });
  expect(info.subscriptions.map(({ topic }) => topic)).toContain("live");
  expect(info.properties["PROP_CONSUME_TYPE"]).toBe("CONSUME_PASSIVELY");
  expect(Object.keys(info.status)).toContain("live");
  expect(info.jstack).toBeUndefined();
});

test("what became of a message that a client was made to consume", async () => {
  const message = { ...consumer, topic: "live", offsetMessageId: "irrelevant" };
  const consumed = replay("consumeMessageDirectly", (client, to) =>
    remoting.consumeMessageDirectly(client, to, message),
  );
  expect(await consumed).toEqual({ result: "success", remark: undefined, spentMs: 2 });
});

test("where a reset has put a group, queue by queue", async () => {
  const target = { consumerGroup: "live-readers", topic: "live", to: "end" } as const;
  const queues = await replay("resetConsumerOffset", (client, to) =>
    remoting.resetConsumerOffset(client, to, target),
  );
  expect(queues).toHaveLength(8);
  expect(queues.find(({ queueId }) => queueId === 0)).toEqual({
    topic: "live",
    brokerName: "broker-a",
    queueId: 0,
    offset: 1,
  });
});

test("a broker's counters, and one that has counted nothing", async () => {
  const query = { statsName: "TOPIC_PUT_NUMS", statsKey: "live" } as const;
  const stats = await replay("brokerStats", (client, to) => remoting.brokerStats(client, to, query));
  expect(stats?.statsMinute.sum).toBe(1);
  const none = replay("brokerStats of none", (client, to) => remoting.brokerStats(client, to, query));
  expect(await none).toBeUndefined();
});

test("the topics a group consumes, and users at a broker without access control", async () => {
  const topics = replay("consumedTopics", (client, to) =>
    remoting.consumedTopics(client, to, "live-readers"),
  );
  expect(await topics).toEqual(["live"]);
  const users = replay("aclUsers of none", (client, to) => remoting.aclUsers(client, to));
  expect((await failureOf(users)).response).toMatchObject({ name: "SYSTEM_ERROR" });
});
