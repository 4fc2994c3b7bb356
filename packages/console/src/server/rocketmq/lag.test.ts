import { requestCodes, responseCodes } from "@hotfire/remoting";
import { expect, test } from "vitest";
import { FakeCluster, withMaster, withNamesrv, withRecords } from "../../testing/fake-cluster.ts";
import { watched } from "../../testing/watched.ts";
import { consumerDetail, consumerProgress } from "./consumers.ts";
import { consumerLag, laggingConsumers } from "./lag.ts";

/** As fastjson writes a map whose keys are objects. */
function stats(
  queues: readonly [topic: string, queueId: number, broker: number, consumer: number][],
): string {
  const entries = queues.map(
    ([topic, queueId, brokerOffset, consumerOffset]) =>
      `{"brokerName":"broker-a","queueId":${queueId},"topic":"${topic}"}:` +
      JSON.stringify({ brokerOffset, consumerOffset, lastTimestamp: 0 }),
  );
  return `{"consumeTps":1.5,"offsetTable":{${entries.join(",")}}}`;
}

const group = (groupName: string) => ({
  groupName,
  consumeEnable: true,
  consumeFromMinEnable: true,
  consumeBroadcastEnable: true,
  consumeMessageOrderly: false,
  retryQueueNums: 1,
  retryMaxTimes: 16,
  brokerId: 0,
  whichBrokerWhenConsumeSlowly: 1,
  notifyConsumerIdsChangedEnable: true,
  groupSysFlag: 0,
  consumeTimeoutMinute: 15,
});

async function cluster() {
  const fake = withNamesrv(new FakeCluster(), { "broker-a": { 0: "a:1" } });
  withMaster(fake, "a:1");
  withRecords(fake, "a:1", { groups: { popper: group("popper"), slow: group("slow") } });
  const perGroup = [
    `{"popper":[]}`,
    `{"slow":[${stats([["orders", 0, 100, 40]])},${stats([["%RETRY%slow", 0, 7, 5]])}]}`,
    `{"done":[${stats([["orders", 0, 100, 100]])}]}`,
    // It reads a topic that is drained: no queue may be written to, so its broker leaves them out here.
    `{"drained":[${stats([])}]}`,
  ];
  fake
    .answer("a:1", requestCodes.GET_BROKER_CONSUME_STATS, {
      body: `{"consumeStatsList":[${perGroup.join(",")}]}`,
    })
    .answer("a:1", requestCodes.GET_CONSUME_STATS, ({ fields }) => ({
      body: fields?.["consumerGroup"] === "drained" ? stats([["old", 0, 9, 6]]) : stats([]),
    }))
    .answer("a:1", requestCodes.QUERY_CONSUME_TIME_SPAN, ({ fields }) => ({
      body: {
        consumeTimeSpanSet: [
          {
            messageQueue: { topic: fields?.["topic"], brokerName: "broker-a", queueId: 0 },
            minTimeStamp: 1,
            maxTimeStamp: 2,
            consumeTimeStamp: 1,
            delayTime: fields?.["topic"] === "orders" ? 90_000 : Date.now() + 1,
          },
        ],
      },
    }))
    .answer("a:1", requestCodes.GET_CONSUMER_CONNECTION_LIST, { code: responseCodes.CONSUMER_NOT_ONLINE });
  return { ...(await watched(fake, 1)), fake };
}

test("every group's lag comes with one request, and what is not known is not 0", async () => {
  await using it = await cluster();
  const { consumers } = await consumerLag(it.access);
  expect(consumers.map(({ name, lag }) => [name, lag])).toEqual([
    ["popper", null],
    ["slow", 62],
    ["done", 0],
    ["drained", 3],
  ]);
  const asked = it.fake.asked.filter((line) => line.includes("CONSUME_STATS"));
  expect(asked).toEqual(["a:1 GET_BROKER_CONSUME_STATS", "a:1 GET_CONSUME_STATS"]);
});

test("a group without an offset has no known lag on its own page either", async () => {
  await using it = await cluster();
  expect(await consumerDetail(it.access, "popper")).toMatchObject({ lag: null, queues: [] });
  const { consumers } = await consumerProgress(it.access, ["popper"]);
  expect(consumers).toMatchObject([{ name: "popper", lag: null, clients: 0 }]);
});

test("the groups that lag most come first, with the time that their oldest message has waited", async () => {
  await using it = await cluster();
  const { consumers, more } = await laggingConsumers(it.access);
  expect(more).toBe(0);
  // Of the drained topic's message the store time is gone.
  expect(consumers).toEqual([
    { name: "slow", lag: 62, behindMs: 90_000 },
    { name: "drained", lag: 3, behindMs: null },
  ]);
});
