/**
 * @module-tag full
 * One group of one mode, as a note in docs/explanation/modes.md: the refusal of plain sends is claimed by `verify` and drilled in make test.
 */
import { describe, expect } from "vitest";
import { z } from "zod";
import { ready } from "../support/broker-address.ts";
import { javaImage } from "../support/clients.ts";
import type { TestCluster } from "../support/cluster.ts";
import { clusterTest } from "../support/cluster-test.ts";
import { jsonOf } from "../support/hotfire.ts";
import { run, succeeded } from "../support/run.ts";
import { createTopicEverywhere } from "../support/topics.ts";

const spec = `version: 1
name: refused-transaction
mode: master-slave-sync
groups: 1
replicas: 2
whenSlaveIsGone: refuse
`;
const it = clusterTest({ of: "-", input: spec, purpose: "refused-transaction" });
const topic = "Transaction";
const slave = "broker-a-1";

const transaction = z.object({
  answer: z.string(),
  executed: z.boolean(),
  state: z.string(),
  received: z.boolean(),
});

async function transact(cluster: TestCluster, group: string) {
  const { client } = await cluster.status();
  const words = ["Transaction", client.namesrvInside, topic, group];
  const args = ["run", "--rm", "--network", client.network, javaImage, ...words];
  return transaction.parse(jsonOf(succeeded(await run("docker", args, { deadlineMs: 60_000 }))));
}

const committed = { answer: "SEND_OK", executed: true, state: "COMMIT_MESSAGE", received: true };

describe("a transaction of the official Java client, in a pair that refuses without its slave", () => {
  it("is rolled back while the slave is away, before the application did its part", async ({ cluster }) => {
    await createTopicEverywhere(cluster.remoting, await cluster.namesrvs(), topic, 1);
    expect(await transact(cluster, "before")).toEqual(committed);
    await cluster.nodeJson("stop", slave);
    expect(await transact(cluster, "without")).toEqual({
      answer: "FLUSH_SLAVE_TIMEOUT",
      executed: false,
      state: "ROLLBACK_MESSAGE",
      received: false,
    });
    await cluster.nodeJson("start", slave);
    await ready(cluster);
    expect(await transact(cluster, "after")).toEqual(committed);
  });
});
