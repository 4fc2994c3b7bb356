/**
 * @module-tag full
 * The weaker of two settings of a pair; the stronger one is in nodes/sync-refuse.
 */
import { join } from "node:path";
import { describe, expect } from "vitest";
import { addressOfNode } from "../support/broker-address.ts";
import { clusterTest } from "../support/cluster-test.ts";
import { sendTexts } from "../support/messages.ts";
import { projectRoot } from "../support/names.ts";
import { createTopicEverywhere } from "../support/topics.ts";
import { until } from "../support/until.ts";

const it = clusterTest({ of: join(projectRoot, "examples/sync-degrade.yaml"), purpose: "degrade" });

describe("synchronous double write that degrades without the slave", () => {
  it("goes on acknowledging, and status says that the slave is missing", async ({ cluster }) => {
    await createTopicEverywhere(cluster.remoting, await cluster.namesrvs(), "Degraded");
    const there = { topic: "Degraded", queueId: 0, broker: await addressOfNode(cluster, "broker-a-0") };
    expect(await sendTexts(cluster.remoting, there, ["both"])).toMatchObject([{ status: "stored" }]);
    await cluster.node("kill", "broker-a:slave");
    // The master counts a slave that vanished as there until its connection is seen closed.
    await until("acknowledged by one copy", async () => {
      const [result] = await sendTexts(cluster.remoting, there, ["alone"]);
      return result?.status === "stored";
    });
    const { state, problems } = await cluster.status();
    expect(state).toBe("degraded");
    expect(problems.join("\n")).toContain("broker-a-1");
  });
});
