/**
 * @module-tag quick
 * Data that a user asked to keep.
 */
import { describe, expect } from "vitest";
import { addressOfNode } from "../support/broker-address.ts";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { hotfireJson } from "../support/hotfire.ts";
import { readTexts, sendTexts } from "../support/messages.ts";
import { downSchema } from "../support/schemas.ts";
import { createTopicEverywhere } from "../support/topics.ts";

const it = sharedClusterTest("single-master");

describe("down --keep-volumes", () => {
  it("keeps the messages for the next up", async ({ cluster }) => {
    const queue = { topic: "Kept", queueId: 0 };
    await createTopicEverywhere(cluster.remoting, await cluster.namesrvs(), queue.topic);
    await sendTexts(cluster.remoting, { ...queue, broker: await addressOfNode(cluster, "broker-a-0") }, [
      "still here",
    ]);
    const [removed] = await hotfireJson(downSchema, ["down", cluster.name, "--keep-volumes"]);
    expect(removed?.keptVolumes.length).toBeGreaterThan(0);

    const { result } = await cluster.up();
    expect(result.change).toBe("created");
    const there = { ...queue, broker: await addressOfNode(cluster, "broker-a-0") };
    expect(await readTexts(cluster.remoting, there)).toEqual(["still here"]);
  });
});
