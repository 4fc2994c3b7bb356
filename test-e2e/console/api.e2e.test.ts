/**
 * @module-tag quick
 * What the console promises to programs.
 */
import { csrfHeader, endpoints } from "@hotfire/console/api";
import { fetch } from "undici";
import { describe, expect } from "vitest";
import type { z } from "zod";
import { ready } from "../support/broker-address.ts";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { docker } from "../support/docker.ts";
import { hotfire } from "../support/hotfire.ts";
import { start, succeeded } from "../support/run.ts";
import { until } from "../support/until.ts";

const it = sharedClusterTest("dledger");

interface Row<T> {
  readonly method: string;
  readonly path: string;
  readonly response: z.ZodType<T>;
}

/** Asks the console and holds its answer against the published shape. */
async function ask<T>(
  url: string,
  row: Row<T>,
  { params = {}, query = "", body }: { params?: Record<string, string>; query?: string; body?: unknown } = {},
): Promise<T> {
  const path = row.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const answer = await fetch(`${url}/api/v1${path}${query}`, {
    method: row.method,
    headers: { [csrfHeader]: "1", "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect([row.path, answer.status, answer.ok ? "" : text]).toEqual([row.path, 200, ""]);
  return row.response.parse(JSON.parse(text));
}

const topic = { params: { name: "%RETRY%odd|name" } };

describe("the console of a cluster", () => {
  it("comes with the cluster, says where it is, and shows what status shows", async ({ cluster }) => {
    const url = await consoleOf(cluster.name);
    const status = await ready(cluster);
    const state = await until("it has seen everything", async () => {
      const seen = await ask(url, endpoints.cluster);
      return seen.state === "ok" && seen.groups[0]?.brokers.length === 3 ? seen : undefined;
    });
    const leader = status.nodes.find(({ role }) => role === "leader");
    const names = state.groups[0]?.brokers.map(({ name }) => name).toSorted();
    expect(names).toEqual(["broker-a-0", "broker-a-1", "broker-a-2"]);
    expect(state.groups[0]?.writer).toBe(`broker-a@${leader?.containerAddress}`);
    expect(state.namesrvs.map(({ health }) => health)).toEqual(["ok", "ok"]);
    const page = await fetch(url);
    expect(page.headers.get("content-type")).toContain("text/html");
  });

  it("makes, changes and deletes topics of any name, and asks before it deletes", async ({ cluster }) => {
    const url = await consoleOf(cluster.name);
    const name = "orders|eu-1";
    await ask(url, endpoints.createTopic, { body: { name, readQueues: 4, writeQueues: 4 } });
    const sent = await ask(url, endpoints.testSend, {
      params: { name },
      body: { body: "<script>alert(1)</script>", keys: "k-1", tags: "a" },
    });
    expect(sent.status).toBe("stored");
    await ask(url, endpoints.changeTopic, {
      params: { name },
      body: { change: { readQueues: 6, writeQueues: 6 } },
    });
    // A message is acknowledged before its queue shows it.
    const detail = await until("a queue shows the message", async () => {
      const seen = await ask(url, endpoints.topic, { params: { name } });
      return seen.queues.reduce((sum, { maxOffset }) => sum + maxOffset, 0) === 1 ? seen : undefined;
    });
    expect(detail.configs).toMatchObject([{ group: "broker-a", readQueues: 6, writeQueues: 6 }]);

    const byId = { params: { topic: name, id: sent.messageId } };
    const message = await until("the index has it", () => ask(url, endpoints.message, byId));
    expect(Buffer.from(message.bodyBase64, "base64").toString()).toBe("<script>alert(1)</script>");
    const found = await until("the key finds it", async () => {
      const query = `?topic=${encodeURIComponent(name)}&key=k-1`;
      const { messages } = await ask(url, endpoints.messages, { query });
      return messages.length === 1 ? messages : undefined;
    });
    expect(found[0]?.messageId).toBe(sent.messageId);
    const byTime = await ask(url, endpoints.messages, { query: `?topic=${encodeURIComponent(name)}` });
    expect(byTime.messages.map(({ messageId }) => messageId)).toEqual([sent.messageId]);

    const refused = await fetch(`${url}/api/v1/topics/${encodeURIComponent(name)}`, {
      method: "DELETE",
      headers: { [csrfHeader]: "1", "content-type": "application/json" },
      body: JSON.stringify({ confirm: "orders" }),
    });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("NOT_CONFIRMED")]);
    await ask(url, endpoints.deleteTopic, { params: { name }, body: { confirm: name } });
    const { topics } = await ask(url, endpoints.topics);
    expect(topics.map((row) => row.name)).not.toContain(name);
    expect((await fetch(`${url}/api/v1/topics/${encodeURIComponent(topic.params.name)}`)).status).toBe(404);

    // The engine gets a container's output a moment after it was written.
    const log = await until("the audit log has the deletion", async () => {
      const text = await docker(["logs", cluster.container("console")]);
      const audit = text
        .split("\n")
        .flatMap((line): unknown[] => (line.startsWith("{") ? [JSON.parse(line)] : []));
      expect(audit).toContainEqual(
        expect.objectContaining({ event: "DELETE /topics/:name", params: { name }, ok: true }),
      );
      return text;
    });
    expect(log).not.toContain("<script>");
  });

  it("moves a consumer group, and shows where it is", async ({ cluster }) => {
    const url = await consoleOf(cluster.name);
    await ask(url, endpoints.createTopic, { body: { name: "Moved", readQueues: 1, writeQueues: 1 } });
    await ask(url, endpoints.createConsumer, { body: { name: "movers" } });
    for (const body of ["1", "2", "3"]) {
      await ask(url, endpoints.testSend, { params: { name: "Moved" }, body: { body } });
    }
    const to = async () => (await ask(url, endpoints.consumer, { params: { name: "movers" } })).lag;
    const change = { consumer: "movers", confirm: "movers" };
    await ask(url, endpoints.resetOffset, { params: { name: "Moved" }, body: { ...change, to: 0 } });
    await until("it is behind by three", async () => (await to()) === 3);
    await ask(url, endpoints.skipAccumulated, { params: { name: "Moved" }, body: change });
    await until("it is at the end", async () => (await to()) === 0);
  });

  it("changes one setting of a consumer group and keeps the others, unless somebody else was faster", async ({
    cluster,
  }) => {
    const url = await consoleOf(cluster.name);
    const params = { name: "changed" };
    await ask(url, endpoints.createConsumer, { body: params });
    await ask(url, endpoints.changeConsumer, { params, body: { change: { consumeTimeoutMinutes: 30 } } });
    await ask(url, endpoints.changeConsumer, { params, body: { change: { retryMaxTimes: 3 } } });
    const { configs } = await ask(url, endpoints.consumer, { params });
    expect(configs).toMatchObject([{ consumeTimeoutMinutes: 30, retryMaxTimes: 3 }]);
    const stale = await fetch(`${url}/api/v1/consumers/changed`, {
      method: "PUT",
      headers: { [csrfHeader]: "1", "content-type": "application/json" },
      body: JSON.stringify({ change: { orderly: true }, expected: { "broker-a": { retryMaxTimes: 16 } } }),
    });
    expect([stale.status, await stale.text()]).toEqual([409, expect.stringContaining("CHANGED_MEANWHILE")]);
  });

  it("changes configuration at run time, unless somebody else was faster", async ({ cluster }) => {
    const url = await consoleOf(cluster.name);
    const config = await ask(url, endpoints.config);
    const nodes = config.nodes.filter(({ kind }) => kind === "broker").map(({ id }) => id);
    expect(nodes).toHaveLength(3);
    const change = { nodes, properties: { fileReservedTime: "71" } };
    await ask(url, endpoints.changeConfig, { body: change });
    const after = (await ask(url, endpoints.config)).brokers.find(({ key }) => key === "fileReservedTime");
    expect(Object.values(after?.values ?? {})).toEqual(["71", "71", "71"]);
    expect(after).toMatchObject({ differsBetweenMembers: false, differsFromDefault: true });
    const stale = await fetch(`${url}/api/v1/config`, {
      method: "POST",
      headers: { [csrfHeader]: "1", "content-type": "application/json" },
      body: JSON.stringify({
        ...change,
        expected: { fileReservedTime: Object.fromEntries(nodes.map((id) => [id, "72"])) },
      }),
    });
    expect(stale.status).toBe(409);
    await ask(url, endpoints.changeConfig, { body: { nodes, properties: { fileReservedTime: "72" } } });
  });

  it("tells of a failover while it happens, and needs no restart for it", async ({ cluster }) => {
    const url = await consoleOf(cluster.name);
    const before = await ask(url, endpoints.cluster);
    const old = before.groups[0]?.writer;
    await cluster.node("kill", "broker-a:leader");
    const switched = await until("there is another leader", async () => {
      const { events } = await ask(url, endpoints.clusterHistory);
      return events.findLast(({ to }) => to !== null && to !== old);
    });
    expect(switched).toMatchObject({ group: "broker-a", from: old });
    expect(switched.gapMs).toBeGreaterThan(0);
    // An address that is gone does not refuse: it takes two looks to be sure, and a new leader may be without its role meanwhile.
    const dead = await until("the dead one is missed", async () => {
      const { state, groups } = await ask(url, endpoints.cluster);
      const one = groups[0]?.brokers.find(({ id }) => id === old);
      return state === "degraded" && one?.health === "unreachable" ? one : undefined;
    });
    expect(dead.unreachableSince).not.toBeNull();

    const killed = (await cluster.status()).nodes.find(({ container }) => container.state === "exited");
    await cluster.node("start", killed?.name ?? "");
    const back = await until("all three are there again", async () => {
      const state = await ask(url, endpoints.cluster);
      return state.state === "ok" && state.groups[0]?.brokers.length === 3 ? state : undefined;
    });
    expect(back.groups[0]?.brokers.map(({ role }) => role).sort()).toEqual([
      "follower",
      "follower",
      "leader",
    ]);
  });

  it("keeps what it knows while every name server is down", async ({ cluster }) => {
    const url = await consoleOf(cluster.name);
    for (const node of ["namesrv-0", "namesrv-1"]) await cluster.node("stop", node);
    const blind = await until("it says so", async () => {
      const state = await ask(url, endpoints.cluster);
      return state.state === "unreachable" ? state : undefined;
    });
    expect(blind.groups[0]?.brokers.map(({ health }) => health)).toEqual(["ok", "ok", "ok"]);
    for (const node of ["namesrv-0", "namesrv-1"]) await cluster.node("start", node);
    await until("it sees them again", async () => (await ask(url, endpoints.cluster)).state === "ok", {
      deadlineMs: 90_000,
    });
  });
});

describe("the console's image", () => {
  it("does not start where others would reach it without a login", async () => {
    const image = "hotfire/console:5.5.0";
    const result = await start("docker", ["run", "--rm", "-e", "NAMESRV_ADDR=127.0.0.1:1", image]).finished;
    expect(result.code).toBe(64);
    expect(result.stderr).toContain("without a login");
  });
});

async function consoleOf(name: string): Promise<string> {
  const { stdout } = succeeded(await hotfire(["console", name]));
  return stdout.trim();
}
