import { expect, test } from "vitest";
import type { BrokerGroupState, BrokerState } from "../../api/index.ts";
import { groupCounts, groupRates } from "./group-rates.ts";

type Part = Pick<BrokerState, "id" | "health" | "tps"> & Partial<Pick<BrokerState, "messagesToday">>;

function group(writer: string | null, ...parts: readonly Part[]): BrokerGroupState {
  const brokers = parts.map(
    (part): BrokerState => ({
      name: part.id,
      brokerName: "broker-a",
      address: part.id,
      brokerId: 0,
      role: "unknown",
      lastSeen: null,
      unreachableSince: null,
      registeredAt: [],
      version: null,
      bootedAt: null,
      messagesToday: { in: 0, out: 0 },
      messagesYesterday: { in: 0, out: 0 },
      sick: null,
      direct: null,
      commitLog: {
        diskUse: null,
        directory: null,
        minOffset: null,
        maxOffset: null,
        dispatchBehindBytes: null,
      },
      store: {
        pageCacheLockMs: null,
        sendQueueSize: null,
        sendQueueHeadWaitMs: null,
        pullQueueSize: null,
        pullQueueHeadWaitMs: null,
        remainTransientStoreBuffers: null,
      },
      replication: null,
      ...part,
    }),
  );
  return {
    name: "broker-a",
    cluster: "DefaultCluster",
    writer,
    rivals: [],
    noWriter: null,
    mode: "dledger",
    brokers,
    syncState: null,
  };
}

test("a message is counted once, not once for each replica", () => {
  const rates = groupRates(
    group(
      "leader",
      { id: "leader", health: "ok", tps: { in: 10, out: 4 } },
      { id: "follower", health: "ok", tps: { in: 10, out: 3 } },
    ),
  );
  expect(rates).toEqual({ in: 10, out: 7 });
});

test("what a dead broker did last is not what it does", () => {
  const dead = { id: "dead", health: "unreachable", tps: { in: 9, out: 9 } } as const;
  expect(groupRates(group(null, dead))).toEqual({ in: 0, out: 0 });
});

test("a message of today is counted once too, and without a writer not for each replica either", () => {
  const tps = { in: 0, out: 0 };
  const brokers: Part[] = [
    { id: "leader", health: "ok", tps, messagesToday: { in: 100, out: 40 } },
    { id: "follower", health: "ok", tps, messagesToday: { in: 99, out: 2 } },
  ];
  expect(groupCounts(group("leader", ...brokers), "messagesToday")).toEqual({ in: 100, out: 42 });
  expect(groupCounts(group(null, ...brokers), "messagesToday")).toEqual({ in: 100, out: 42 });
});
