/**
 * @module-tag quick
 * The promise of controller mode.
 */
import { describe, expect } from "vitest";
import { addressOfNode, brokerAddresses, masterOf, nodeOf, ready } from "../support/broker-address.ts";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { numbered, readTexts, sendTexts } from "../support/messages.ts";
import { copiedToAll, createTopicEverywhere } from "../support/topics.ts";
import { until } from "../support/until.ts";

const it = sharedClusterTest("controller");
const queue = { topic: "Switched", queueId: 0 };
const texts = numbered("before the kill", 100);

describe("a controller group whose master is killed", () => {
  it("switches to an in-sync slave, which has every acknowledged message", async ({ cluster }) => {
    await createTopicEverywhere(cluster.remoting, await cluster.namesrvs(), queue.topic);
    await copiedToAll(cluster.remoting, await brokerAddresses(cluster), queue.topic);
    const killed = await masterOf(cluster, "broker-a");
    const sent = await sendTexts(
      cluster.remoting,
      { ...queue, broker: await addressOfNode(cluster, killed) },
      texts,
    );
    expect(sent.map(({ status }) => status)).toEqual(texts.map(() => "stored"));
    await cluster.node("kill", "broker-a:master");
    const master = await masterOf(cluster, "broker-a", killed);
    const there = { ...queue, broker: await addressOfNode(cluster, master) };
    expect(await readTexts(cluster.remoting, there)).toEqual(texts);
  });

  it("takes the old master back as a slave, in sync", async ({ cluster }) => {
    const killed =
      (await cluster.status()).nodes.find(({ container }) => container.state === "exited")?.name ?? "";
    await cluster.node("start", killed);
    expect(nodeOf(await ready(cluster), killed).role).toBe("slave");
  });

  it("goes on when the active controller is killed", async ({ cluster }) => {
    const { node } = await cluster.nodeJson("kill", "controller:leader");
    expect(node).toMatch(/^controller-\d$/);
    await cluster.node("start", node);
    await ready(cluster);
    // The one that is back has to hear of the new leader first: all of them must name the same.
    await until("every controller names the active one", async () => {
      const { claims } = await cluster.verify();
      return claims.find(({ id }) => id === "controller-active")?.result === "pass";
    });
  });

  it("is not ready without controllers that promote a slave, and says so", { tags: ["full"] }, async ({
    cluster,
  }) => {
    const downed: string[] = [];
    for (const name of ["controller-0", "controller-1"]) {
      await cluster.node("kill", name);
      downed.push(name);
    }
    const master = await masterOf(cluster, "broker-a");
    await cluster.node("kill", master);
    const status = await until("the group has no writer", async () => {
      const said = await cluster.status();
      return said.groups[0]?.noWriter?.why === "controllers-gone" && said;
    });
    expect(status.state).toBe("degraded");
    const noWriter = status.groups[0]?.noWriter;
    expect(noWriter?.text).toMatch(
      /^broker-a takes no writes for \d+ s: no controller leads: 1 of 3 answer$/,
    );
    expect(status.problems).toContain(noWriter?.text);

    for (const name of [...downed, master]) await cluster.node("start", name);
    const whole = await ready(cluster);
    expect(whole.groups.map((group) => group.noWriter)).toEqual([undefined]);
  });
});
