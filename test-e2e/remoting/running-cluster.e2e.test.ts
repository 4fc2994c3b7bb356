/**
 * @module-tag quick
 * Our own client against a real broker.
 */
import {
  consumeStats,
  createTopic,
  deleteTopic,
  maxOffset,
  type RemotingErrorCode,
  searchOffset,
  send,
  topicStats,
  viewMessageById,
} from "@hotfire/remoting";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressOfNode } from "../support/broker-address.ts";
import { startCluster, type TestCluster } from "../support/cluster.ts";
import { sendTexts } from "../support/messages.ts";
import { createTopicEverywhere } from "../support/topics.ts";
import { until } from "../support/until.ts";
import { remotingSuite } from "./remoting-suite.ts";

let cluster: TestCluster | undefined;
let namesrvs: readonly string[] = [];
let broker = "";

beforeAll(async () => {
  cluster = await startCluster({ of: "multi-master", purpose: "remoting" });
  namesrvs = await cluster.namesrvs();
  broker = await addressOfNode(cluster, "broker-a-0");
});
afterAll(() => cluster?.[Symbol.asyncDispose]());

function running(): TestCluster {
  if (cluster === undefined) throw new Error("the cluster did not come up");
  return cluster;
}

remotingSuite(() => namesrvs);

describe("a message", () => {
  it("is found by the id that its send was answered with", async () => {
    const { remoting } = running();
    await createTopicEverywhere(remoting, namesrvs, "ById");
    const [sent] = await sendTexts(remoting, { broker, topic: "ById", queueId: 0 }, ["look me up"]);
    const found = await viewMessageById(remoting, sent?.offsetMessageId ?? "");
    expect(found).toMatchObject({
      topic: "ById",
      queueOffset: sent?.queueOffset,
      body: Buffer.from("look me up"),
    });
  });

  it("is found by the time that it was stored at", async () => {
    const { remoting } = running();
    await createTopicEverywhere(remoting, namesrvs, "ByTime");
    const queue = { topic: "ByTime", queueId: 0 };
    const sent = await sendTexts(remoting, { broker, ...queue }, ["first", "second"]);
    const second = await viewMessageById(remoting, sent[1]?.offsetMessageId ?? "");
    const later = second.storeTimestamp + 60_000;
    // Queues are built a moment after the log that acknowledged the messages.
    await until("both are in the queue", async () => (await maxOffset(remoting, broker, queue)) === 2);
    expect(
      await searchOffset(remoting, broker, { ...queue, timestamp: second.storeTimestamp, boundary: "upper" }),
    ).toBe(1);
    expect(await searchOffset(remoting, broker, { ...queue, timestamp: later })).toBe(2);
  });
});

describe("what a broker refuses", () => {
  const body = Buffer.from("x");

  it.each<[string, RemotingErrorCode, string, () => Promise<unknown>]>([
    [
      "a message for a queue that a topic does not have",
      "RESPONSE_REFUSED",
      "INVALID_PARAMETER",
      () => send(running().remoting, broker, { topic: "ById", queueId: 99, body }),
    ],
    [
      "a message for a topic whose name is reserved",
      "RESPONSE_REFUSED",
      "NO_PERMISSION",
      () => send(running().remoting, broker, { topic: "SCHEDULE_TOPIC_XXXX", queueId: 0, body }),
    ],
    [
      "statistics of a topic that is not there",
      "RESPONSE_REFUSED",
      "TOPIC_NOT_EXIST",
      () => topicStats(running().remoting, broker, "NoSuchTopic"),
    ],
    [
      "a topic with an impossible name",
      "RESPONSE_REFUSED",
      "INVALID_PARAMETER",
      () => createTopic(running().remoting, broker, { topic: "no spaces allowed" }),
    ],
  ])("%s: %s %s", async (_what, code, name, ask) => {
    await expect(ask()).rejects.toMatchObject({ code, response: { name } });
  });

  it("nothing of a group that nobody knows: it has no progress", async () => {
    const { remoting } = running();
    expect(await consumeStats(remoting, broker, { consumerGroup: "NoSuchGroup" })).toMatchObject({
      queues: [],
    });
  });
});

describe("a deleted topic", () => {
  it("is gone with its messages, and a new one of its name begins at 0", async () => {
    const { remoting } = running();
    const queue = { broker, topic: "Again", queueId: 0 };
    await createTopic(remoting, broker, { topic: "Again" });
    await sendTexts(remoting, queue, ["old", "older"]);
    await deleteTopic(remoting, broker, "Again");
    await createTopic(remoting, broker, { topic: "Again" });
    expect(await sendTexts(remoting, queue, ["new"])).toMatchObject([{ status: "stored", queueOffset: 0 }]);
  });
});
