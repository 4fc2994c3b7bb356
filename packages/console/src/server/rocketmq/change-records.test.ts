import { expect, test } from "vitest";
import { FakeCluster, withMaster, withNamesrv, withRecords } from "../../testing/fake-cluster.ts";
import { watched } from "../../testing/watched.ts";
import { changeConsumerAt } from "./consumer-changes.ts";
import { changeTopicAt } from "./topics.ts";

const topic = {
  topicName: "orders",
  readQueueNums: 16,
  writeQueueNums: 4,
  perm: 6,
  topicFilterType: "MULTI_TAG",
  topicSysFlag: 3,
  order: true,
  attributes: { "message.type": "FIFO" },
};
const group = {
  groupName: "billing",
  consumeEnable: true,
  consumeFromMinEnable: false,
  consumeBroadcastEnable: false,
  consumeMessageOrderly: true,
  retryQueueNums: 2,
  retryMaxTimes: 5,
  groupRetryPolicy: {
    type: "EXPONENTIAL",
    exponentialRetryPolicy: { initial: 1000, max: 60000, multiplier: 2 },
  },
  brokerId: 0,
  whichBrokerWhenConsumeSlowly: 1,
  notifyConsumerIdsChangedEnable: false,
  groupSysFlag: 1,
  consumeTimeoutMinute: 30,
  subscriptionDataSet: [{ topic: "orders", expressionType: "TAG", expression: "*", version: 1 }],
  attributes: { "consumer.type": "x" },
};

/** broker-a has both, broker-b has neither. */
async function twoGroups() {
  const topics = { a: { orders: { ...topic } }, b: {} };
  const groups = { a: { billing: { ...group } }, b: {} };
  const cluster = withNamesrv(new FakeCluster(), { "broker-a": { 0: "a:1" }, "broker-b": { 0: "b:1" } });
  for (const [name, address] of [
    ["a", "a:1"],
    ["b", "b:1"],
  ] as const) {
    withMaster(cluster, address);
    withRecords(cluster, address, { topics: topics[name], groups: groups[name] });
  }
  return { ...(await watched(cluster, 2)), topics, groups, cluster };
}

test("a topic keeps what is not named, and does not come to where it was not", async () => {
  await using it = await twoGroups();
  const result = await changeTopicAt(it.access, "orders", { change: { writeQueues: 0 } });
  expect(result.outcomes).toEqual([{ node: "broker-a", ok: true }]);
  expect(it.topics).toEqual({ a: { orders: { ...topic, writeQueueNums: 0 } }, b: {} });
});

test("a consumer group keeps the whole of its record", async () => {
  await using it = await twoGroups();
  await changeConsumerAt(it.access, "billing", { change: { retryMaxTimes: 7 } });
  expect(it.groups).toEqual({ a: { billing: { ...group, retryMaxTimes: 7 } }, b: {} });
});

test("what was changed meanwhile is not overwritten, and nothing is written at all", async () => {
  await using it = await twoGroups();
  const stale = { change: { perm: 4 }, expected: { "broker-a": { readQueues: 8 } } };
  await expect(changeTopicAt(it.access, "orders", stale)).rejects.toMatchObject({
    code: "CHANGED_MEANWHILE",
    message: expect.stringContaining("readQueues of orders of broker-a is 16 by now, not 8"),
  });
  const gone = { change: { orderly: false }, expected: { "broker-b": { retryMaxTimes: 5 } } };
  await expect(changeConsumerAt(it.access, "billing", gone)).rejects.toMatchObject({
    code: "CHANGED_MEANWHILE",
  });
  expect(it.topics.a.orders).toEqual(topic);
  expect(it.groups.a.billing).toEqual(group);
});

test("a broker group that never had it is refused by name", async () => {
  await using it = await twoGroups();
  const change = { change: { perm: 4 }, groups: ["broker-b"] };
  await expect(changeTopicAt(it.access, "orders", change)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(it.topics.b).toEqual({});
});
