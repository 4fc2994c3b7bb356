import { requestCodes, responseCodes } from "@hotfire/remoting";
import { expect, test } from "vitest";
import { FakeCluster, withMaster, withNamesrv } from "../../testing/fake-cluster.ts";
import { watched } from "../../testing/watched.ts";
import { ClusterAccess } from "./access.ts";
import { consumerStack, groupClients, mayHideClients } from "./consumer-clients.ts";

const code = requestCodes.GET_CONSUMER_CONNECTION_LIST;
const none = { code: responseCodes.CONSUMER_NOT_ONLINE };
const of = (...clients: [id: string, address: string][]) => ({
  body: {
    connectionSet: clients.map(([clientId, clientAddr]) => ({
      clientId,
      clientAddr,
      language: "JAVA",
      version: 400,
    })),
    consumeType: "CONSUME_PASSIVELY",
    messageModel: "CLUSTERING",
    consumeFromWhere: null,
    subscriptionTable: {},
  },
});

async function withProxies(configured: readonly string[]) {
  const fake = withNamesrv(new FakeCluster(), { "broker-a": { 0: "a:1" } });
  withMaster(fake, "a:1").answer("a:1", code, none);
  const it = await watched(fake, 1);
  const access = new ClusterAccess(fake.client, it.watch, configured);
  const { sources } = access.sources();
  return { ...it, access, fake, sources };
}

test("a client that only a proxy knows is one, and is named with the proxy", async () => {
  await using it = await withProxies(["proxy-0:8080", "proxy-1:8080"]);
  // In cluster mode each proxy also knows the clients of the others.
  it.fake.answer("proxy-0:8080", code, of(["g1", "10.0.0.9:1"]));
  it.fake.answer("proxy-1:8080", code, of(["g1", "10.0.0.9:1"], ["g2", "10.0.0.9:2"]));
  const clients = await groupClients(it.access, it.sources, "billing");
  expect(clients.connections.map(({ clientId, via }) => [clientId, via])).toEqual([
    ["g1", "proxy-0:8080"],
    ["g2", "proxy-1:8080"],
  ]);
  await expect(consumerStack(it.access, "billing", "g1")).rejects.toMatchObject({
    message: expect.stringContaining("through the proxy proxy-0:8080"),
  });
});

test("where a proxy does not answer, no client is no proof of none", async () => {
  await using it = await withProxies(["proxy-0:8080"]);
  const silent = await groupClients(it.access, it.sources, "billing");
  expect([silent.connections, mayHideClients(silent)]).toEqual([[], true]);
  it.fake.answer("proxy-0:8080", code, none);
  expect(mayHideClients(await groupClients(it.access, it.sources, "billing"))).toBe(false);
});

test("proxies that are not configured are found as clients of the brokers", async () => {
  await using it = await withProxies([]);
  it.fake.answer("a:1", code, ({ fields }) =>
    fields?.["consumerGroup"] === "CID_DefaultHeartBeatSyncerTopic" ? of(["p", "172.18.0.7:51000"]) : none,
  );
  it.fake.answer("172.18.0.7:8080", code, of(["g1", "10.0.0.9:1"]));
  const { connections } = await groupClients(it.access, it.sources, "billing");
  expect(connections).toMatchObject([{ clientId: "g1", via: "172.18.0.7:8080" }]);
});
