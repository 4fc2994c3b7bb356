/**
 * @module-tag full
 * Minutes; that a pair acknowledges nothing without its slave is in nodes/sync-refuse.
 */
import { describe, expect } from "vitest";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { leftOf } from "../support/docker.ts";
import { runDrill, verdictOf } from "../support/drill.ts";

const it = sharedClusterTest("master-slave-sync");

describe("drills on synchronous pairs", () => {
  it("disk-destroyed-sync: the master's disk takes nothing acknowledged along", async ({ cluster }) => {
    await using run = await runDrill("disk-destroyed-sync", ["--on", cluster.name]);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.accounting).toMatchObject({ lost: { count: 0 } });
  });

  it("sync-cost: measures a synchronous group beside an asynchronous one, on a cluster of its own", {
    tags: ["full"],
  }, async () => {
    await using run = await runDrill("sync-cost", []);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.bursts.map(({ group }) => group)).toEqual(["broker-a", "broker-b"]);
    for (const { rates } of run.result.bursts) {
      expect(rates).toHaveLength(4);
      for (const rate of rates) expect(rate).toBeGreaterThan(0);
    }
    const latency = (group: string) =>
      run.result.lanes.find((lane) => lane.group === group && lane.verb === "send")?.latency.p50 ?? 0;
    expect(latency("broker-b")).toBeGreaterThan(latency("broker-a"));
    expect(await leftOf(run.result.run.cluster.name)).toEqual([]);
  });
});
