import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { javaImage } from "./clients.ts";
import type { TestCluster } from "./cluster.ts";
import { hotfire } from "./hotfire.ts";
import { projectRoot } from "./names.ts";
import { run, succeeded } from "./run.ts";
import { createGroupEverywhere, createTopicEverywhere } from "./topics.ts";

/** What became of one kind's messages, as the clients count them. */
const kindResult = z.object({
  kind: z.string(),
  acknowledged: z.number(),
  failed: z.number(),
  received: z.number(),
  missing: z.number(),
  rolledBackYetReceived: z.number().default(0),
});
export type KindResult = z.output<typeof kindResult>;

/** One broker's memory outside the heap, in bytes, over the time of the soak. */
export interface MemoryOverTime {
  readonly node: string;
  readonly limit: number;
  readonly used: readonly number[];
}

export interface SoakResult {
  readonly kinds: readonly KindResult[];
  readonly memory: readonly MemoryOverTime[];
  /** Lines of the nodes' logs that tell of a lack of memory. */
  readonly outOfMemory: readonly string[];
  /** Nodes that do not run any more, or were started again. */
  readonly ended: readonly string[];
}

export const remotingKinds = ["plain", "large", "delayed", "ordered", "batch", "transaction"] as const;
const prefix = "Soak-";
const popTopic = "Soak-pop";
const popGroup = "soak-pop";
const sampleEveryMs = 5000;
/** The clients wait for what is under way, an unknown transaction longest, and start up before. */
const beyondMs = 240_000;

/** All kinds of messages at once by official clients, on a cluster with a proxy, for that time. */
export async function soak(cluster: TestCluster, seconds: number): Promise<SoakResult> {
  const namesrvs = await cluster.namesrvs();
  for (const kind of remotingKinds) await createTopicEverywhere(cluster.remoting, namesrvs, prefix + kind);
  await createTopicEverywhere(cluster.remoting, namesrvs, popTopic);
  await createGroupEverywhere(cluster.remoting, namesrvs[0] ?? "", popGroup);
  const { client } = await cluster.status();
  const deadlineMs = seconds * 1000 + beyondMs;
  const words = ["Soak", client.namesrvInside, prefix, String(seconds)];
  const node = join(projectRoot, "node_modules/node/bin/node");
  const program = join(projectRoot, "test-e2e/clients/node/soak.ts");
  const sampling = new AbortController();
  const memory = sampleMemory(cluster, sampling.signal);
  let answers: readonly string[];
  try {
    const results = await Promise.all([
      run("docker", ["run", "--rm", "--network", client.network, javaImage, ...words], { deadlineMs }),
      run(node, [program, client.proxy ?? "", popTopic, popGroup, String(seconds)], { deadlineMs }),
    ]);
    answers = results.flatMap((result) => succeeded(result).stdout.trim().split("\n"));
  } finally {
    sampling.abort();
  }
  const { stdout } = succeeded(await hotfire(["logs", cluster.name]));
  const { nodes } = await cluster.status();
  return {
    kinds: answers.map((line) => kindResult.parse(JSON.parse(line))),
    memory: await memory,
    outOfMemory: stdout.split("\n").filter((line) => line.includes("OutOfMemoryError")),
    ended: nodes
      .filter(({ container }) => container.state !== "running" || container.restarts !== 0)
      .map(({ name }) => name),
  };
}

async function sampleMemory(cluster: TestCluster, signal: AbortSignal): Promise<MemoryOverTime[]> {
  const byNode = new Map<string, { limit: number; used: number[] }>();
  while (!signal.aborted) {
    for (const { name, memory } of (await cluster.status()).nodes) {
      if (memory.directUsedBytes === undefined) continue;
      const samples = byNode.get(name) ?? { limit: memory.directBytes ?? 0, used: [] };
      samples.used.push(memory.directUsedBytes);
      byNode.set(name, samples);
    }
    await sleep(sampleEveryMs, undefined, { signal }).catch(() => undefined);
  }
  return [...byNode].map(([node, samples]) => ({ node, ...samples }));
}

/** How the last quarter's median compares with the second's, when all buffers have grown: 1 is flat. */
export function growth({ used }: MemoryOverTime): number {
  const quarter = Math.floor(used.length / 4);
  const median = (from: number) =>
    used.slice(from, from + quarter).toSorted((a, b) => a - b)[Math.floor(quarter / 2)] ?? 0;
  return median(used.length - quarter) / Math.max(1, median(quarter));
}
