import { expect, test } from "vitest";
import * as remoting from "../index.ts";
import { replay } from "../testing/captured.ts";
import { failureOf } from "../testing/failure.ts";

const topic = "captured";
const queue = { topic, queueId: 0 };

test("a name server's cluster and route, with bare and quoted number keys", async () => {
  const cluster = await replay("clusterInfo", (client, to) => remoting.clusterInfo(client, to));
  const addresses = [
    [0, "127.0.0.1:22911"],
    [1, "127.0.0.1:22901"],
  ];
  expect(cluster.clusters).toEqual(new Map([["DefaultCluster", ["broker-a"]]]));
  expect([...(cluster.brokers.get("broker-a")?.brokerAddrs ?? [])]).toEqual(addresses);
  const route = await replay("topicRoute", (client, to) => remoting.topicRoute(client, to, topic));
  expect(route.queueDatas).toEqual([
    { brokerName: "broker-a", readQueueNums: 2, writeQueueNums: 2, perm: 6, topicSysFlag: 0 },
  ]);
  expect([...(route.brokerDatas[0]?.brokerAddrs ?? [])]).toEqual(addresses);
});

test("a name server that speaks binary headers", async () => {
  const cluster = await replay("clusterInfo in binary", (client, to) => remoting.clusterInfo(client, to));
  expect(cluster.brokers.size).toBe(0);
});

test("a name server's topics and configuration", async () => {
  expect(await replay("topicList", (client, to) => remoting.topicList(client, to))).toContain(topic);
  const config = await replay("nameServerConfig", (client, to) => remoting.nameServerConfig(client, to));
  expect(config.get("listenPort")).toBe("19876");
});

test("a topic that does not exist is refused by name, number and remark", async () => {
  const route = replay("topicRoute of no topic", (client, to) => remoting.topicRoute(client, to, "nowhere"));
  const error = await failureOf(route);
  expect(error.code).toBe("RESPONSE_REFUSED");
  expect(error.response).toMatchObject({ code: 17, name: "TOPIC_NOT_EXIST" });
  expect(error.message).toMatch(
    /TOPIC_NOT_EXIST \(17\): No topic route info in name server for the topic: nowhere$/,
  );
  expect(error.requestSent).toBe(true);
});

test("a broker's account of itself", async () => {
  const info = await replay("brokerRuntimeInfo", (client, to) => remoting.brokerRuntimeInfo(client, to));
  expect(info).toMatchObject({ version: "V5_5_0", commitLogMaxOffset: 440, dispatchBehindBytes: 0 });
  expect(info.table.get("brokerActive")).toBe("true");
});

test("a master's replication", async () => {
  const status = await replay("haStatus", (client, to) => remoting.haStatus(client, to));
  expect(status).toMatchObject({ master: true, masterCommitLogMaxOffset: 440, inSyncSlaveNums: 1 });
  expect(status.haConnectionInfo).toMatchObject([{ addr: "192.0.2.2:49352", inSync: true, diff: 0 }]);
});

test("what a send and a batch were answered with", async () => {
  const message = { ...queue, body: Buffer.from("grüße") };
  expect(await replay("send", (client, to) => remoting.send(client, to, message))).toEqual({
    status: "stored",
    offsetMessageId: "7F0000010000597F0000000000000000",
    queueId: 0,
    queueOffset: 0,
  });
  const batch = { ...queue, messages: [{ body: Buffer.from("one") }] };
  const result = await replay("sendBatch", (client, to) => remoting.sendBatch(client, to, batch));
  expect(result.queueOffset).toBe(1);
  expect(result.offsetMessageId.split(",")).toHaveLength(2);
});

test("stored messages, with their properties", async () => {
  const pulled = await replay("pull", (client, to) => remoting.pull(client, to, { ...queue, offset: 0 }));
  expect(pulled).toMatchObject({ status: "found", nextOffset: 3, minOffset: 0, maxOffset: 3 });
  expect(pulled.messages.map((message) => message.body.toString())).toEqual(["grüße", "one", "two"]);
  expect(pulled.messages[0]).toMatchObject({
    topic,
    queueOffset: 0,
    offsetMessageId: "7F0000010000597F0000000000000000",
    uniqueKey: "7F0000010001000000010000000A0001",
    storeHost: "127.0.0.1:22911",
    properties: { TAGS: "a", KEYS: "k1 k2", CLUSTER: "DefaultCluster" },
  });
  const end = await replay("pull at the end", (client, to) =>
    remoting.pull(client, to, { ...queue, offset: 3 }),
  );
  expect(end).toMatchObject({ status: "no-new-message", messages: [], nextOffset: 3 });
});

test("messages found by key, those of other keys left out", async () => {
  const ask = (key: string) =>
    replay("queryMessages", (client, to) => remoting.queryMessages(client, to, { topic, key }));
  expect((await ask("k3")).map((message) => message.body.toString())).toEqual(["two"]);
  expect(await ask("of the same hash")).toEqual([]);
});

test("offsets", async () => {
  const reader = { ...queue, consumerGroup: "readers" };
  expect(await replay("maxOffset", (client, to) => remoting.maxOffset(client, to, queue))).toBe(3);
  const first = { ...queue, timestamp: 0 };
  expect(await replay("searchOffset", (client, to) => remoting.searchOffset(client, to, first))).toBe(0);
  const none = replay("consumerOffset of none", (client, to) => remoting.consumerOffset(client, to, reader));
  expect(await none).toBeUndefined();
  expect(await replay("consumerOffset", (client, to) => remoting.consumerOffset(client, to, reader))).toBe(2);
});

test("statistics, whose keys are objects", async () => {
  const stats = await replay("consumeStats", (client, to) =>
    remoting.consumeStats(client, to, { consumerGroup: "readers" }),
  );
  expect(stats.consumeTps).toBe(0);
  expect(stats.queues[0]).toMatchObject({
    ...queue,
    brokerName: "broker-a",
    brokerOffset: 3,
    consumerOffset: 2,
  });
  const queues = await replay("topicStats", (client, to) => remoting.topicStats(client, to, topic));
  expect(queues.map(({ queueId, maxOffset }) => [queueId, maxOffset])).toEqual([
    [0, 3],
    [1, 0],
  ]);
});

test("consumer groups and their connections", async () => {
  const groups = await replay("consumerGroups", (client, to) => remoting.consumerGroups(client, to));
  expect(groups.get("readers")).toMatchObject({
    groupName: "readers",
    consumeEnable: true,
    retryMaxTimes: 16,
  });
  const connections = await replay("consumerConnections of none", (client, to) =>
    remoting.consumerConnections(client, to, "readers"),
  );
  expect(connections).toBeUndefined();
});

test("a DLedger peer's group, leader and term", async () => {
  const peer = { group: "raft", selfId: "n0" };
  const metadata = await replay("dledgerMetadata", (client, to) =>
    remoting.dledgerMetadata(client, to, peer),
  );
  expect(metadata.leaderId).toBe("n0");
  expect([...metadata.peers.keys()]).toEqual(["n0", "n1", "n2"]);
  const term = replay("dledgerTerm", (client, to) =>
    remoting.dledgerTerm(client, to, { ...peer, otherId: "n1" }),
  );
  expect(await term).toBe(1);
  const other = replay("dledgerMetadata of another", (client, to) =>
    remoting.dledgerMetadata(client, to, peer),
  );
  expect((await failureOf(other)).response).toMatchObject({ code: 401, name: "UNKNOWN_MEMBER" });
});

test("controllers, sync-state sets and epochs", async () => {
  const metadata = await replay("controllerMetadata", (client, to) =>
    remoting.controllerMetadata(client, to),
  );
  expect(metadata).toMatchObject({ leaderId: "n1", leaderAddress: "127.0.0.1:22941", isLeader: true });
  expect(metadata.peers).toHaveLength(3);
  const states = await replay("syncStateData", (client, to) =>
    remoting.syncStateData(client, to, ["broker-a"]),
  );
  const state = states.get("broker-a");
  expect(state).toMatchObject({ masterBrokerId: 2, masterEpoch: 2, notInSyncReplicas: [] });
  expect(state?.inSyncReplicas.map((replica) => replica.brokerId)).toEqual([1, 2]);
  const epochs = await replay("brokerEpochCache", (client, to) => remoting.brokerEpochCache(client, to));
  expect(epochs.epochList).toEqual([{ epoch: 1, startOffset: 0, endOffset: undefined }]);
});
