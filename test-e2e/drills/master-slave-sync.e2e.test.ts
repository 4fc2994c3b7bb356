import { describe, expect, it } from "vitest";
import { leftOf } from "../support/docker.ts";
import { runDrill, verdictOf } from "../support/drill.ts";

describe("drills on synchronous pairs, on clusters of their own", () => {
  it("disk-destroyed-sync: the master's disk takes nothing acknowledged along", async () => {
    await using run = await runDrill("disk-destroyed-sync", []);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.accounting).toMatchObject({ lost: { count: 0 } });
    expect(await leftOf(run.result.run.cluster.name)).toEqual([]);
  });

  it("sync-cost: measures a synchronous group beside an asynchronous one", async () => {
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
