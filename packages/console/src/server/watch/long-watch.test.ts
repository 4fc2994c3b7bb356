import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test, vi } from "vitest";
import { FakeCluster, withMaster, withNamesrv } from "../../testing/fake-cluster.ts";
import { CountedClient } from "../counted-client.ts";
import { ClusterWatch, lookEveryMs } from "./cluster-watch.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

afterEach(() => {
  vi.useRealTimers();
});

function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

/** A whole day (24) takes two minutes and gives the same. */
const hours = 2;

test("hours of watching, with a writer that is lost again and again, leave nothing behind", {
  timeout: 60_000,
}, async () => {
  vi.useFakeTimers();
  const fake = withNamesrv(new FakeCluster(), { "broker-a": { 0: "a:1" }, "broker-b": { 0: "b:1" } });
  withMaster(fake, "a:1");
  withMaster(fake, "b:1");
  const counted = new CountedClient(fake.client);
  await using watch = new ClusterWatch(counted.client, ["namesrv:9876"], []);
  watch.start();
  watch.subscribe({ state: () => {}, role: () => {} });
  const looks = (hours * 60 * 60 * 1000) / lookEveryMs.watched;
  // Everything that is bounded has to be full first: 600 rates, 200 events.
  const full = Math.floor(looks / 2);
  let before = 0;
  for (let look = 0; look < looks; look += 1) {
    if (look % 60 === 0) fake.kill("b:1");
    if (look % 60 === 10) withMaster(fake, "b:1");
    await vi.advanceTimersByTimeAsync(lookEveryMs.watched);
    fake.asked.length = 0;
    if (look === full) before = heapUsed();
  }
  const grown = heapUsed() - before;
  expect(watch.history().events).toHaveLength(200);
  expect(counted.load().requests).toBeGreaterThan(looks * 4);
  expect(grown).toBeLessThan(200 * 1024);
});
