import { expect, it } from "vitest";
import type { BurstRecord } from "../history/run-records.ts";
import { throughputs } from "./throughput.ts";

const cluster = {
  name: "pairs",
  mode: "master-slave-sync",
  spec: {},
  groups: [
    { name: "broker-b", brokers: ["broker-b-0"] },
    { name: "broker-a", brokers: ["broker-a-0"] },
    { name: "broker-c", brokers: ["broker-c-0"] },
  ],
  namesrvs: [],
};

const burst = (group: string, acknowledged: number, seconds = 1): BurstRecord => ({
  type: "burst",
  group,
  concurrency: 8,
  begin: 5,
  end: 5 + seconds * 1_000_000,
  acknowledged,
  failed: 0,
});

it("gives each group's rates and their median, in the cluster's order", () => {
  const found = throughputs(
    [burst("broker-a", 100), burst("broker-b", 50), burst("broker-a", 600, 2), burst("broker-a", 200)],
    { cluster },
  );
  expect(found).toEqual([
    { group: "broker-b", concurrency: 8, rates: [50], median: 50 },
    { group: "broker-a", concurrency: 8, rates: [100, 300, 200], median: 200 },
  ]);
  expect(throughputs([burst("broker-a", 1), burst("broker-a", 2)], { cluster })).toMatchObject([
    { median: 1.5 },
  ]);
});

it("says nothing of a burst that took no time", () => {
  expect(throughputs([burst("broker-a", 5, 0)], { cluster })).toEqual([]);
});
