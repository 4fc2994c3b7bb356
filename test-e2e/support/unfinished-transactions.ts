import { setTimeout as sleep } from "node:timers/promises";
import { maxOffset } from "@hotfire/remoting";
import { expect } from "vitest";
import { addressOfNode, masterOf, ready } from "./broker-address.ts";
import { javaImage } from "./clients.ts";
import type { TestCluster } from "./cluster.ts";
import { docker } from "./docker.ts";
import { hotfire } from "./hotfire.ts";
import { sendStubbornly } from "./stubborn-sender.ts";
import { busiestThread } from "./thread-load.ts";
import { createTopicEverywhere } from "./topics.ts";
import { until } from "./until.ts";

const transactions = 3000;
const switches = 4;
const queues = 4;
/** Of the delayed messages, sent one after another beside the transactions (Unfinished.java). */
const delayMs = 60_000;
const group = "broker-a";
const topic = "Unfinished";
/** Between two switches: the next one meets a leader that has just begun, and an old one that has just ended. */
const pauseMs = 4000;
/** What a planned switch may take on two busy cores; the hang that this is about took 60 s and more. */
const longestGapMs = 10_000;
/** Of a core, 10 s later and at rest. */
const restingShare = 0.2;

async function beginTransactions(cluster: TestCluster): Promise<void> {
  const { client } = await cluster.status();
  await createTopicEverywhere(cluster.remoting, await cluster.namesrvs(), topic, queues);
  const words = ["Unfinished", client.namesrvInside, topic, String(transactions)];
  const said = await docker(["run", "--rm", "--network", client.network, javaImage, ...words], {
    deadlineMs: 120_000,
  });
  expect(said).toContain(`begun ${transactions}`);
}

/** Messages that consumers of the topic see. */
async function stored(cluster: TestCluster): Promise<number> {
  const broker = await addressOfNode(cluster, await masterOf(cluster, group));
  const ends = await Promise.all(
    Array.from({ length: queues }, (_, queueId) => maxOffset(cluster.remoting, broker, { topic, queueId })),
  );
  return ends.reduce((sum, end) => sum + end, 0);
}

async function switchOver(cluster: TestCluster): Promise<void> {
  const before = await masterOf(cluster, group);
  const to = before === "broker-a-0" ? "broker-a-1" : "broker-a-0";
  // A switch that is refused on a busy machine is no hang: the writes are what is measured.
  await hotfire(["switchover", to, "--cluster", cluster.name]);
}

/** Thousands of unfinished transactions and of delayed messages hold up no switch, and leave no thread spinning. */
export async function holdUpNoSwitch({ cluster }: { readonly cluster: TestCluster }): Promise<void> {
  await beginTransactions(cluster);
  const dueBy = performance.now() + delayMs;
  const namesrvs = await cluster.namesrvs();
  const sender = sendStubbornly(cluster.remoting, { namesrvs, group, topic });
  for (let done = 0; done < switches; done += 1) {
    await switchOver(cluster);
    await sleep(pauseMs);
  }
  const { acknowledged, givenUp, longestGapMs: longest } = await sender.stop();
  expect(givenUp).toEqual([]);
  expect(longest).toBeLessThan(longestGapMs);

  await ready(cluster);
  await sleep(dueBy - performance.now());
  await until(
    "every delayed message is there",
    async () => (await stored(cluster)) >= acknowledged.length + transactions,
    { deadlineMs: 60_000, everyMs: 1000 },
  );
  await sleep(10_000);
  const brokers = (await cluster.status()).nodes.filter(({ kind }) => kind === "broker");
  for (const { name } of brokers) {
    const { thread, share } = await busiestThread(cluster.container(name), 10_000);
    expect(share, `${name}: ${thread}`).toBeLessThan(restingShare);
  }
}
