/**
 * @module-tag full
 * Every node of a cluster, one after another, takes two minutes.
 */
import { describe, expect } from "vitest";
import { z } from "zod";
import { addressOfNode, brokerAddresses, masterOf, ready } from "../support/broker-address.ts";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { hotfireJson } from "../support/hotfire.ts";
import { readTexts } from "../support/messages.ts";
import { sendStubbornly } from "../support/stubborn-sender.ts";
import { copiedToAll, createTopicEverywhere } from "../support/topics.ts";

const it = sharedClusterTest("dledger");

const rolled = z.object({
  result: z.object({
    restarted: z.array(z.string()),
    recreated: z.array(z.string()),
    switched: z.array(z.object({ group: z.string(), from: z.string(), to: z.string() })),
  }),
});
const topic = "rolling";
const group = "broker-a";

describe("a rolling restart of a whole cluster under load", () => {
  it("restarts every node, hands the group over first, and loses nothing of a client that tries again", async ({
    cluster,
  }) => {
    const namesrvs = await cluster.namesrvs();
    await createTopicEverywhere(cluster.remoting, namesrvs, topic);
    await copiedToAll(cluster.remoting, await brokerAddresses(cluster), topic);
    const leader = await masterOf(cluster, group);
    const nodes = (await cluster.status()).nodes.map(({ name }) => name);

    const sender = sendStubbornly(cluster.remoting, { namesrvs, group, topic });
    const { result } = await hotfireJson(rolled, ["restart", cluster.name, "--rolling"], {
      deadlineMs: 240_000,
    });
    const { acknowledged, givenUp } = await sender.stop();

    expect(result.restarted.toSorted()).toEqual(nodes.toSorted());
    expect(result.recreated).toEqual([]);
    expect(result.switched[0]).toMatchObject({ group, from: leader });
    expect(givenUp).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(100);
    await ready(cluster);
    const broker = await addressOfNode(cluster, await masterOf(cluster, group));
    const stored = new Set(await readTexts(cluster.remoting, { broker, topic, queueId: 0 }));
    expect(acknowledged.filter((text) => !stored.has(text))).toEqual([]);
  });
});
