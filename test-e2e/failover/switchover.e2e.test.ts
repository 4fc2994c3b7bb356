/**
 * @module-tag quick
 * A planned switch; the same under load is in the full tier.
 */
import { describe, expect } from "vitest";
import { z } from "zod";
import { masterOf, nodeOf, ready } from "../support/broker-address.ts";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { runDrill } from "../support/drill.ts";
import { hotfire, hotfireJson } from "../support/hotfire.ts";

const it = sharedClusterTest("dledger");

const switched = z.object({ group: z.string(), from: z.string(), to: z.string(), changed: z.boolean() });

describe("a planned switch of a DLedger leader", () => {
  it("makes the named broker the leader, and is nothing to do twice", async ({ cluster }) => {
    const before = await masterOf(cluster, "broker-a");
    const to = before === "broker-a-0" ? "broker-a-1" : "broker-a-0";
    const command = ["switchover", to, "--cluster", cluster.name, "--json"];
    expect(await hotfireJson(switched, command)).toMatchObject({ from: before, to, changed: true });
    const status = await ready(cluster);
    expect(nodeOf(status, to)).toMatchObject({ role: "leader", brokerId: 0 });
    expect(nodeOf(status, before).role).toBe("follower");
    expect(await hotfireJson(switched, command)).toMatchObject({ from: to, to, changed: false });
  });

  it("comes first by itself when the leader is restarted", { tags: ["full"] }, async ({ cluster }) => {
    const leader = await masterOf(cluster, "broker-a");
    const said = await cluster.node("restart", "broker-a:leader");
    expect(said.stdout).toMatch(/ took over its writes before\.$/m);
    const status = await ready(cluster);
    expect(nodeOf(status, leader).role).toBe("follower");
  });

  it("under load loses nothing, again and again", { tags: ["full"] }, async ({ cluster }) => {
    // Whether every send gets through at the second try depends on the machine: `make drill-planned-switch` judges that too.
    await using run = await runDrill("planned-switch", ["--on", cluster.name]);
    const { accounting, roles, replicas } = run.result;
    expect(accounting.lost.count).toBe(0);
    expect(accounting.acknowledged).toBeGreaterThan(accounting.failed + accounting.inDoubt);
    expect(roles.changes["broker-a"]).toBeGreaterThanOrEqual(3);
    expect(roles.violations).toEqual([]);
    expect(replicas.different).toBe(0);
  });

  it("refuses a broker that is not there, with the leader in place", { tags: ["full"] }, async ({
    cluster,
  }) => {
    const leader = await masterOf(cluster, "broker-a");
    const follower = leader === "broker-a-2" ? "broker-a-1" : "broker-a-2";
    await cluster.node("stop", follower);
    const refused = await hotfire(["switchover", follower, "--cluster", cluster.name]);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain("SWITCHOVER_FAILED");
    expect(await masterOf(cluster, "broker-a")).toBe(leader);
    await cluster.node("start", follower);
    await ready(cluster);
  });
});
