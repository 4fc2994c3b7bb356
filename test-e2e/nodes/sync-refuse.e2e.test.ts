/**
 * @module-tag quick
 * The promise of a synchronous pair.
 */
import { describe, expect } from "vitest";
import { addressOfNode, ready } from "../support/broker-address.ts";
import { clusterTest } from "../support/cluster-test.ts";
import { sendTexts } from "../support/messages.ts";
import { specFile } from "../support/names.ts";
import { createTopicEverywhere } from "../support/topics.ts";

const it = clusterTest({ of: specFile("one-sync-pair"), purpose: "refuse" });
const queue = { topic: "Doubled", queueId: 0 };

describe("synchronous double write that refuses without the slave", () => {
  it("acknowledges what both have", async ({ cluster }) => {
    await createTopicEverywhere(cluster.remoting, await cluster.namesrvs(), queue.topic);
    const there = { ...queue, broker: await addressOfNode(cluster, "broker-a-0") };
    expect(await sendTexts(cluster.remoting, there, ["both"])).toMatchObject([{ status: "stored" }]);
  });

  it("acknowledges nothing once the slave is killed", async ({ cluster }) => {
    await cluster.node("kill", "broker-a:slave");
    const there = { ...queue, broker: await addressOfNode(cluster, "broker-a-0") };
    const [result] = await sendTexts(cluster.remoting, there, ["alone"]);
    expect(["flush-slave-timeout", "slave-not-available"]).toContain(result?.status);
    const { state, groups } = await cluster.status();
    expect(state).toBe("degraded");
    expect(groups[0]?.noWriter?.why).toBe("too-few-replicas");
    expect((await cluster.verify()).verdict).toBe("fail");
  });

  it("acknowledges again once the slave is back", async ({ cluster }) => {
    await cluster.node("start", "broker-a-1");
    await ready(cluster);
    expect((await cluster.verify()).verdict).toBe("pass");
    const there = { ...queue, broker: await addressOfNode(cluster, "broker-a-0") };
    expect(await sendTexts(cluster.remoting, there, ["both again"])).toMatchObject([{ status: "stored" }]);
  });

  it("promotes no slave when the master is killed: it serves reads only", async ({ cluster }) => {
    await cluster.node("kill", "broker-a:master");
    const { groups, nodes, state } = await cluster.status();
    expect(state).toBe("degraded");
    expect(groups).toMatchObject([{ name: "broker-a" }]);
    expect(groups[0]?.master).toBeUndefined();
    expect(nodes.find(({ name }) => name === "broker-a-1")).toMatchObject({ role: "slave", brokerId: 1 });
  });
});
