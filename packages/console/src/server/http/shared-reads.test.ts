import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { requestCodes } from "@hotfire/remoting";
import { fetch } from "undici";
import { expect, test } from "vitest";
import { csrfHeader } from "../../api/index.ts";
import { FakeCluster, withMaster, withNamesrv, withRecords } from "../../testing/fake-cluster.ts";
import { watched } from "../../testing/watched.ts";
import { createApp } from "../app.ts";
import { CountedClient } from "../counted-client.ts";
import { parseEnvironment } from "../options.ts";
import { Changes } from "../routes/changes.ts";
import { PageFiles } from "./page-files.ts";

test("ten viewers of a list cost the brokers what one costs, and a change is seen at once", async () => {
  const cluster = withNamesrv(new FakeCluster(), { "broker-a": { 0: "a:1" } });
  withMaster(cluster, "a:1");
  withRecords(cluster, "a:1", {});
  await using it = await watched(cluster, 1);
  const options = parseEnvironment({ NAMESRV_ADDR: "namesrv:9876", HOTFIRE_CONSOLE_WRITE: "true" });
  const app = createApp({
    options,
    access: it.access,
    audit: { write: () => {} },
    page: await PageFiles.read(""),
    changes: new Changes(),
    counted: new CountedClient(cluster.client),
  });
  const port = await new Promise<number>((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, (info: AddressInfo) =>
      resolve(info.port),
    );
    server.unref();
  });
  const url = `http://127.0.0.1:${port}/api/v1/topics`;
  const cost = () => cluster.asked.filter((line) => line.endsWith("GET_ALL_TOPIC_CONFIG")).length;
  const answers = await Promise.all(Array.from({ length: 10 }, async () => (await fetch(url)).text()));
  expect([new Set(answers).size, cost()]).toEqual([1, 1]);

  const headers = { [csrfHeader]: "1", "content-type": "application/json" };
  cluster.answer("a:1", requestCodes.UPDATE_AND_CREATE_TOPIC, {});
  const made = await fetch(url, { method: "POST", headers, body: JSON.stringify({ name: "orders" }) });
  expect(made.status).toBe(200);
  const before = cost();
  await fetch(url);
  expect(cost()).toBe(before + 1);
});
