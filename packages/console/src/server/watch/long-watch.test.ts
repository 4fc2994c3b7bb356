import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test, vi } from "vitest";
import { csrfHeader } from "../../api/index.ts";
import { FakeCluster, withMaster, withNamesrv } from "../../testing/fake-cluster.ts";
import { createApp } from "../app.ts";
import { CountedClient } from "../counted-client.ts";
import { auditTo } from "../http/audit.ts";
import { PageFiles } from "../http/page-files.ts";
import { hashPassword } from "../http/password.ts";
import { parseEnvironment } from "../options.ts";
import { ClusterAccess } from "../rocketmq/access.ts";
import { Changes } from "../routes/changes.ts";
import { ClusterWatch, lookEveryMs } from "./cluster-watch.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

afterEach(() => {
  vi.useRealTimers();
});

/** In bytes. What was given up is freed once the promises that held it have run. */
async function heapUsed(): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  return process.memoryUsage().heapUsed;
}

/** A whole day is HOTFIRE_WATCH_HOURS=24: two minutes, and the same. */
const hours = Number(process.env["HOTFIRE_WATCH_HOURS"] ?? 1);
const looks = (hours * 60 * 60 * 1000) / lookEveryMs.watched;
/** Everything that is bounded has to be full first: 600 rates, 200 events. */
const full = Math.floor(looks / 2);

/** A master that is killed and comes back, every 20 looks, each time in a container with another address. */
function restart(fake: FakeCluster, look: number): void {
  const address = (time: number) => `10.0.${(time >> 8) & 255}.${time & 255}:10911`;
  const time = Math.floor(look / 20);
  if (look % 20 === 0) fake.kill(address(time - 1));
  if (look % 20 !== 5) return;
  withNamesrv(fake, { "broker-a": { 0: "a:1" }, "broker-b": { 0: address(time) } });
  withMaster(fake, address(time));
}

test("hours of watching, with a writer that is lost again and again, leave nothing behind", {
  timeout: 600_000,
}, async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  const fake = withNamesrv(new FakeCluster(), { "broker-a": { 0: "a:1" }, "broker-b": { 0: "b:1" } });
  withMaster(fake, "a:1");
  withMaster(fake, "b:1");
  const counted = new CountedClient(fake.client);
  await using watch = new ClusterWatch(counted.client, ["namesrv:9876"], []);
  watch.start();
  watch.subscribe({ state: () => {}, role: () => {} });
  let before = 0;
  for (let look = 0; look < looks; look += 1) {
    restart(fake, look);
    await vi.advanceTimersByTimeAsync(lookEveryMs.watched);
    fake.asked.length = 0;
    if (look === full) before = await heapUsed();
  }
  const grown = (await heapUsed()) - before;
  expect(watch.history().events).toHaveLength(200);
  // The one that is gone is forgotten once its successor has answered.
  expect(watch.brokers.length).toBeLessThanOrEqual(3);
  expect(counted.load().requests).toBeGreaterThan(looks * 4);
  expect(grown).toBeLessThan(100 * 1024);
});

const visits = 100;
/** What the engine keeps of code that has run for the first time is no leak. */
const visitsBefore = 300;

/** Viewers of a day: each comes, logs in, reads a list, watches the stream for a while, and goes, by logging out or without a word. */
test("viewers that come and go, and guessed passwords, leave nothing behind", {
  timeout: 60_000,
}, async () => {
  const passwordHash = await hashPassword("correct horse", { N: 64, r: 8, p: 1 });
  const fake = withNamesrv(new FakeCluster(), { "broker-a": { 0: "a:1" } });
  withMaster(fake, "a:1");
  const options = {
    ...parseEnvironment({ NAMESRV_ADDR: "namesrv:9876", HOTFIRE_CONSOLE_TRUSTED_PROXY: "127.0.0.0/8" }),
    login: { user: "ops", passwordHash },
  };
  const counted = new CountedClient(fake.client);
  await using watch = new ClusterWatch(counted.client, options.namesrvs, []);
  watch.start();
  let written = 0;
  const app = createApp({
    options,
    access: new ClusterAccess(counted.client, watch),
    audit: auditTo({ write: () => (written += 1) }),
    page: await PageFiles.read("", ""),
    changes: new Changes(),
    counted,
  });
  const ours = { [csrfHeader]: "1", "content-type": "application/json", host: "127.0.0.1" };
  const ask = (path: string, more: RequestInit = {}) =>
    app.request(`http://127.0.0.1/api/v1${path}`, { ...more, headers: { ...ours, ...more.headers } }, env);
  const logIn = (password: string, from: string) =>
    ask("/session", {
      method: "POST",
      headers: { "x-forwarded-for": from },
      body: JSON.stringify({ user: "ops", password }),
    });

  const visit = async (visitor: number) => {
    const from = `198.51.${(visitor >> 8) & 255}.${visitor & 255}`;
    if (visitor % 8 === 0) await logIn("wrong", from);
    const cookie = (await logIn("correct horse", from)).headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await ask(`/topics?filter=${visitor}`, { headers: { cookie } })).status).not.toBe(401);
    const leaves = new AbortController();
    const stream = await ask("/events", { headers: { cookie }, signal: leaves.signal });
    const reader = stream.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("event: ");
    await reader?.cancel();
    leaves.abort();
    if (visitor % 2 === 0) await ask("/session", { method: "DELETE", headers: { cookie } });
  };
  for (let visitor = 0; visitor < visitsBefore; visitor += 1) await visit(visitor);
  const before = await heapUsed();
  for (let visitor = 0; visitor < visits; visitor += 1) await visit(visitsBefore + visitor);
  expect(((await heapUsed()) - before) / visits).toBeLessThan(1024);
  expect(watch.viewers).toBe(0);
  expect(written).toBeGreaterThan(visitsBefore + visits);
});

const env = { incoming: { socket: { remoteAddress: "127.0.0.1", remotePort: 1, remoteFamily: "IPv4" } } };
