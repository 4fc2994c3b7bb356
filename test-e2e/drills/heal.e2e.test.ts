/**
 * @module-tag full
 * Two drills that are killed; that faults heal by themselves is in faults/ in make test.
 */
import { describe, expect } from "vitest";
import { nodeOf, ready } from "../support/broker-address.ts";
import type { TestCluster } from "../support/cluster.ts";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { labelled } from "../support/docker.ts";
import { guardianOf } from "../support/guardian.ts";
import { hotfire, startHotfire } from "../support/hotfire.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { until } from "../support/until.ts";

const it = sharedClusterTest("dledger");

/** A drill that has reached its fault, still running. */
async function untilInjected(name: string, cluster: string, folder: string) {
  const args = [
    "drill",
    "run",
    name,
    "--on",
    cluster,
    "--no-build",
    "--rate",
    "100",
    "--out",
    folder,
    "--json",
  ];
  const drill = startHotfire(args, { group: true });
  await until("the fault is in force", async () => drill.output().includes('"state":"injected"'), {
    deadlineMs: 120_000,
  });
  return drill;
}

describe("a drill that is killed in the middle", () => {
  const healsByItself = async (name: string, { cluster }: { cluster: TestCluster }) => {
    await using folder = await tempFolder();
    const guardian = await guardianOf(cluster.name);
    const drill = await untilInjected(name, cluster.name, `${folder.path}/run`);
    drill.kill();
    await drill.finished;
    await guardian.ended();
    const status = await ready(cluster);
    for (const { container } of status.nodes) expect(container.state).toBe("running");
    expect(await labelled("io.hotfire.fault")).toEqual([]);
    expect((await cluster.verify()).verdict).toBe("pass");
  };
  const healing = "%s: the fault heals by itself, without a process of ours";
  it.for(["writer-cut-from-peers"])(healing, healsByItself);
  it.for(["writer-pause", "writer-kill"])(healing, { tags: ["full"] }, healsByItself);

  it("Ctrl-C heals at once, keeps what was seen and says where", { tags: ["full"] }, async ({ cluster }) => {
    await using folder = await tempFolder();
    const drill = await untilInjected("writer-pause", cluster.name, `${folder.path}/run`);
    drill.interrupt();
    const said = await drill.finished;
    expect(said.code).toBe(130);
    expect(said.stdout).toContain("DRILL_INTERRUPTED");
    const status = await ready(cluster);
    for (const { container } of status.nodes) expect(container.state).toBe("running");
    const checked = await hotfire(["drill", "check", `${folder.path}/run`]);
    expect(checked.code).not.toBe(0);
    expect(checked.stdout).toContain("aborted");
  });
});

describe("hotfire heal", () => {
  it("repairs by what is there, whoever broke it", async ({ cluster }) => {
    await cluster.node("pause", "broker-a-0");
    await cluster.node("kill", "broker-a-1");
    await cluster.node("stop", "namesrv-0");
    const healed = await hotfire(["heal", cluster.name]);
    expect(healed.code).toBe(0);
    for (const node of ["broker-a-0", "broker-a-1", "namesrv-0"]) expect(healed.stdout).toContain(node);
    const status = await ready(cluster);
    expect(nodeOf(status, "broker-a-0").container.state).toBe("running");
    expect((await hotfire(["heal", cluster.name])).stdout.toLowerCase()).toContain("nothing to heal");
  });
});
