import { requestCodes } from "@hotfire/remoting";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ClusterHistory, RoleEvent } from "../../api/index.ts";
import { FakeCluster, withMaster, withNamesrv } from "../../testing/fake-cluster.ts";
import { watched } from "../../testing/watched.ts";

function haRole(cluster: FakeCluster, address: string, master: boolean): void {
  cluster.answer(address, requestCodes.GET_BROKER_HA_STATUS, {
    body: { master, masterCommitLogMaxOffset: 0, inSyncSlaveNums: 0, haConnectionInfo: [] },
  });
}

/** A pair whose second member is a slave at first, and its second name server, which knows another cluster. */
function pair(config: Record<string, string> = {}): FakeCluster {
  const cluster = withNamesrv(new FakeCluster(), { "broker-a": { 0: "a:1", 1: "b:1" } });
  withNamesrv(cluster, { "broker-z": { 0: "z:1" } }, "other:9876", "Z");
  for (const address of ["a:1", "b:1", "z:1"]) withMaster(cluster, address, config);
  haRole(cluster, "b:1", false);
  return cluster;
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function until<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const seen = look();
    if (seen !== undefined) return seen;
    await pass(10);
  }
  throw new Error("it did not come");
}

test("two brokers that take writes at once are an alarm, told once", async () => {
  const cluster = pair();
  await using it = await watched(cluster, 2, pass);
  const events: RoleEvent[] = [];
  it.watch.subscribe({ role: (event) => events.push(event) });
  haRole(cluster, "b:1", true);
  const group = await until(() => it.watch.state().groups.find(({ rivals }) => rivals.length > 0));
  expect([group.writer, ...group.rivals].toSorted()).toEqual(["broker-a@a:1", "broker-a@b:1"]);
  expect(it.watch.state().problems).toContainEqual(
    expect.objectContaining({ code: "RIVAL_WRITERS", group: "broker-a", writers: 2 }),
  );
  const alarm = await until(() => events.find(({ writers }) => writers?.length === 2));
  const told = events.length;
  const looks = cluster.asked.length;
  await until(() => (cluster.asked.length > looks + 20 ? true : undefined));
  // The second may be seen as the successor first, until the other says once more that it takes writes too.
  expect(told).toBeLessThanOrEqual(2);
  expect(events.slice(told - 1)).toEqual([alarm]);
});

test("a switch is none: what the old one said before the new one's promotion proves nothing", async () => {
  const cluster = pair();
  await using it = await watched(cluster, 2, pass);
  const events: RoleEvent[] = [];
  it.watch.subscribe({ role: (event) => events.push(event) });
  cluster.kill("a:1");
  haRole(cluster, "b:1", true);
  const switched = await until(() => events.find(({ to }) => to === "broker-a@b:1"));
  expect(switched.writers).toBeNull();
  expect(switched.gapMinMs ?? Number.NaN).toBeLessThanOrEqual(switched.gapMs ?? Number.NaN);
  expect(events.every(({ writers }) => writers === null)).toBe(true);
});

test("a change of the writer carries the controllers' epoch, if they tell it later too", async () => {
  const cluster = pair({ enableControllerMode: "true", controllerAddr: "ctl:9878" });
  const state = (master: string, masterEpoch: number) => ({
    body: {
      replicasInfoTable: {
        "broker-a": {
          masterBrokerId: 1,
          masterAddress: master,
          masterEpoch,
          syncStateSetEpoch: 1,
          inSyncReplicas: [
            { brokerName: "broker-a", brokerId: 1, brokerAddress: "a:1" },
            { brokerName: "broker-a", brokerId: 2, brokerAddress: "b:1" },
          ],
          notInSyncReplicas: [],
        },
      },
    },
  });
  cluster
    .answer("ctl:9878", requestCodes.CONTROLLER_GET_METADATA_INFO, { fields: { isLeader: "true" } })
    .answer("ctl:9878", requestCodes.CONTROLLER_GET_SYNC_STATE_DATA, state("a:1", 3));
  await using it = await watched(cluster, 2, pass);
  const events: RoleEvent[] = [];
  it.watch.subscribe({ role: (event) => events.push(event) });
  await until(() => it.watch.state().groups[0]?.syncState ?? undefined);
  haRole(cluster, "a:1", false);
  haRole(cluster, "b:1", true);
  await until(() => events.find(({ to }) => to === "broker-a@b:1"));
  cluster.answer("ctl:9878", requestCodes.CONTROLLER_GET_SYNC_STATE_DATA, state("b:1", 4));
  const told = await until(() => events.find(({ term }) => term === 4));
  expect(told.to).toBe("broker-a@b:1");
});

test("a viewer gets all that was seen at once with what comes, and a new history with another cluster", async () => {
  const cluster = pair();
  await using it = await watched(cluster, 2, pass);
  cluster.kill("a:1");
  await until(() => it.watch.history().events.at(-1));
  const histories: ClusterHistory[] = [];
  it.watch.subscribe({ history: (history) => histories.push(history) });
  expect(histories.map(({ events }) => events.length)).toEqual([1]);
  it.watch.changeNamesrvs(it.watch.namesrvs);
  expect(histories).toHaveLength(1);
  it.watch.changeNamesrvs(["other:9876"]);
  expect(histories[1]).toMatchObject({ events: [], rates: [] });
  expect(histories[1]?.id).not.toBe(histories[0]?.id);
});

test("a group whose last broker is gone for an hour is forgotten: its name comes back as a new one", async () => {
  const cluster = withNamesrv(new FakeCluster(), { "broker-a": { 0: "a:1" } });
  withMaster(cluster, "a:1");
  await using it = await watched(cluster, 1, pass);
  cluster.kill("a:1");
  withNamesrv(cluster, {});
  await until(() => it.watch.history().events.at(-1));
  vi.setSystemTime(Date.now() + 61 * 60 * 1000);
  await until(() => (it.watch.brokers.length === 0 ? true : undefined));
  expect([it.watch.brokers, it.watch.writerSeenAt("broker-a")]).toEqual([[], undefined]);
  expect(it.watch.history().events).toHaveLength(1);
});
