import { describe, expect } from "vitest";
import { clusterTest } from "../support/cluster-test.ts";
import { runDrill, verdictOf } from "../support/drill.ts";

const it = clusterTest({ of: "master-slave-async", purpose: "drill-async" });

describe("drills on asynchronous pairs", () => {
  it("writer-stop: consumers go on from the slave, which is not promoted", async ({ cluster }) => {
    await using run = await runDrill("writer-stop", ["--on", cluster.name]);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.roles.changes).toEqual({ "broker-a": 0, "broker-b": 0 });
  });

  it("disk-destroyed-async: finds the acknowledged messages that are lost, and names some", async ({
    cluster,
  }) => {
    await using run = await runDrill("disk-destroyed-async", ["--on", cluster.name]);
    expect(verdictOf(run)).toBe("pass");
    const { lost, acknowledged } = run.result.accounting;
    expect(lost.count).toBeGreaterThan(0);
    expect(lost.count).toBeLessThan(acknowledged);
    expect(lost.telling.every(({ group, onReplica }) => group === "broker-a" && !onReplica)).toBe(true);
    expect(lost.spans).toMatchObject([{ group: "broker-a" }]);
  });

  it("the same run fails where somebody allows no loss: the negative control of every other drill", async ({
    cluster,
  }) => {
    await using run = await runDrill("disk-destroyed-async", ["--on", cluster.name, "--limit", "lost=0"]);
    expect(run.result.verdict).toBe("fail");
    expect(run.said.code).toBe(1);
    expect(run.result.reasons.join(" ")).toMatch(/lost/i);
  });

  it("namesrvs-down: clients that have a route go on without any name server", async ({ cluster }) => {
    await using run = await runDrill("namesrvs-down", ["--on", cluster.name]);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.faults.map(({ nodes }) => nodes.length)).toEqual([1, 2]);
  });
});
