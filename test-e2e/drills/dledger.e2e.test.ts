/**
 * @module-tag quick
 * The drill that matters most; the other faults are in the full tier.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { topicList } from "@hotfire/remoting";
import { describe, expect } from "vitest";
import { ready } from "../support/broker-address.ts";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { labelled } from "../support/docker.ts";
import { type DrillRun, runDrill, verdictOf, worstRecovery } from "../support/drill.ts";
import { hotfire, jsonOf } from "../support/hotfire.ts";

const it = sharedClusterTest("dledger");

describe("drills on a DLedger group", () => {
  it("writer-kill: another leader is elected, the cluster is left as it was found, and the stored run is judged again", async ({
    cluster,
  }) => {
    const [namesrv = ""] = await cluster.namesrvs();
    const topics = await topicList(cluster.remoting, namesrv);
    await using run = await runDrill("writer-kill", ["--on", cluster.name]);
    expect(verdictOf(run)).toBe("pass");
    const { roles, accounting, replicas, steps, faults } = run.result;
    expect(accounting.lost.count).toBe(0);
    expect(roles.changes["broker-a"]).toBeGreaterThan(0);
    expect(replicas.different).toBe(0);
    expect(replicas.compared).toBeGreaterThan(0);
    expect(steps.map(({ step }) => step)).toEqual(expect.arrayContaining(["elected", "first-success"]));
    expect(faults[0]?.injected?.proof.seen).toContain("exited");
    expect(worstRecovery(run.result, "send")).toBeGreaterThan(0);

    await ready(cluster);
    expect((await cluster.verify()).verdict).toBe("pass");
    const left = (await topicList(cluster.remoting, namesrv)).filter((topic) => !topics.includes(topic));
    expect(left.filter((topic) => topic !== "hotfire-verify")).toEqual([]);
    expect(await labelled(`io.hotfire.fault`)).toEqual([]);
    await expectSameVerdictOffline(run);
  });

  it("replica-kill: the others go on", { tags: ["full"] }, async ({ cluster }) => {
    await using run = await runDrill("replica-kill", ["--on", cluster.name]);
    expect(verdictOf(run)).toBe("pass");
  });

  it("writer-pause: the old leader acknowledges nothing after it wakes up", { tags: ["full"] }, async ({
    cluster,
  }) => {
    await using run = await runDrill("writer-pause", ["--on", cluster.name]);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.roles.violations).toEqual([]);
  });

  it("writer-cut-from-peers: the majority goes on without the leader that only clients can reach", {
    tags: ["full"],
  }, async ({ cluster }) => {
    await using run = await runDrill("writer-cut-from-peers", ["--on", cluster.name]);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.roles.changes["broker-a"]).toBeGreaterThan(0);
  });

  it("quorum-lost: refuses until a majority is back, and loses nothing", { tags: ["full"] }, async ({
    cluster,
  }) => {
    await using run = await runDrill("quorum-lost", ["--on", cluster.name]);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.faults).toMatchObject([{ kind: "kill", target: "broker-a:follower" }]);
    expect(run.result.faults[0]?.nodes).toHaveLength(2);
  });

  it("a drill that does not fit the cluster is refused before anything is touched", async ({ cluster }) => {
    const refused = await hotfire(["drill", "run", "controllers-down", "--on", cluster.name, "--json"]);
    expect(refused.code).toBe(3);
    expect(jsonOf(refused)).toMatchObject({ error: { code: "DRILL_NOT_APPLICABLE" } });
  });
});

/** Judged from its folder, without an engine. */
async function expectSameVerdictOffline(run: DrillRun): Promise<void> {
  const names = await readdir(run.folder);
  expect(names.toSorted()).toEqual([
    "containers.json",
    "history.ndjson",
    "junit.xml",
    "logs",
    "report.html",
    "result.json",
  ]);
  const offline = { env: { DOCKER_HOST: "unix:///nowhere/docker.sock" } };
  const again = await hotfire(["drill", "check", run.folder], offline);
  expect(again.code).toBe(0);
  const report = await readFile(join(run.folder, "report.html"), "utf8");
  expect(report.length).toBeLessThan(2_000_000);
  expect(report).toContain(run.result.sentence.slice(0, 40));
  const strict = await hotfire(
    ["drill", "check", run.folder, "--limit", "availability=100%,in-doubt=0"],
    offline,
  );
  expect([0, 1]).toContain(strict.code);
  expect((await hotfire(["drill", "check", join(run.folder, "logs")], offline)).code).toBe(3);
}
