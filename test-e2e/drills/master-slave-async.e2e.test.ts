/**
 * @module-tag full
 * Minutes; that the judge sees loss is held by the mutations of its unit tests.
 */
import { topicRoute } from "@hotfire/remoting";
import { describe, expect } from "vitest";
import { ready } from "../support/broker-address.ts";
import type { TestCluster } from "../support/cluster.ts";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { runDrill, verdictOf } from "../support/drill.ts";
import { hotfire } from "../support/hotfire.ts";
import { until } from "../support/until.ts";

const it = sharedClusterTest("master-slave-async");

describe("drills on asynchronous pairs", () => {
  it("writer-stop: consumers go on from the slave, which is not promoted", { tags: ["full"] }, async ({
    cluster,
  }) => {
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
    // The negative control of every other drill: the same history fails where no loss is allowed.
    const strict = await hotfire(["drill", "check", run.folder, "--limit", "lost=0"]);
    expect(strict.code).toBe(1);
    expect(strict.stdout).toMatch(/lost/i);
  });

  it("a run fails where no loss is allowed", { tags: ["full"] }, async ({ cluster }) => {
    await using run = await runDrill("disk-destroyed-async", ["--on", cluster.name, "--limit", "lost=0"]);
    expect(run.result.verdict).toBe("fail");
    expect(run.said.code).toBe(1);
    expect(run.result.reasons.join(" ")).toMatch(/lost/i);
  });

  it("namesrvs-down: clients that have a route go on without any name server", { tags: ["full"] }, async ({
    cluster,
  }) => {
    await using run = await runDrill("namesrvs-down", ["--on", cluster.name]);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.faults.map(({ nodes }) => nodes.length)).toEqual([1, 2]);
  });

  it("a name server that is back gives no route that lacks a broker", async ({ cluster }) => {
    const [namesrv] = await cluster.namesrvs();
    if (namesrv === undefined) throw new Error("no name server");
    const complete = await routeOf(cluster, namesrv);
    expect(complete).toEqual(["broker-a 0,1", "broker-b 0,1"]);
    await cluster.node("kill", "namesrv-0");
    const given: (readonly string[] | undefined)[] = [];
    const starts = cluster.node("start", "namesrv-0");
    await until(
      "the name server gives a route",
      async () => {
        given.push(await routeOf(cluster, namesrv).catch(() => undefined));
        return given.at(-1);
      },
      { everyMs: 20 },
    );
    await starts;
    await ready(cluster);
    given.push(await routeOf(cluster, namesrv));
    expect(given[0]).toBeUndefined();
    expect(given.slice(-2)).toEqual([complete, complete]);
  });
});

/** Each group with the ids of its brokers, as a name server routes a topic that every broker has. */
async function routeOf(cluster: TestCluster, namesrv: string): Promise<readonly string[]> {
  const { brokerDatas } = await topicRoute(cluster.remoting, namesrv, "DefaultCluster");
  return brokerDatas
    .map(({ brokerName, brokerAddrs }) => `${brokerName} ${[...brokerAddrs.keys()].sort().join()}`)
    .sort();
}
