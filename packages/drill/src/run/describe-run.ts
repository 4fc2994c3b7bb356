import type { DockerClient } from "@hotfire/engine";
import { type HeaderRecord, historyVersion, kindsVersion } from "@hotfire/judge/history";
import type { ClusterPlan } from "@hotfire/topology";
import { expectationFor } from "../catalogue/spec-for.ts";
import type { RunClock } from "../workload/clock.ts";
import { consumingGroup, type LoadSettings } from "./load.ts";
import type { RunDrillOptions } from "./run-options.ts";

/** First record of the history: all that is needed to read it and to run it again. */
export async function describeRun(
  options: RunDrillOptions,
  plan: ClusterPlan,
  clock: RunClock,
  load: LoadSettings,
): Promise<HeaderRecord> {
  const { docker, drill } = options;
  const engine = await docker.info();
  return {
    type: "header",
    version: load.kinds.length === 0 ? historyVersion : kindsVersion,
    drill: drill.name,
    title: drill.title,
    expectation: expectationFor(drill, plan.mode),
    command: options.command,
    seed: options.seed,
    clock: { origin: clock.wallOrigin.toISOString() },
    cluster: {
      name: plan.name,
      mode: plan.mode,
      spec: plan.spec,
      groups: plan.groups.map(({ name, brokers }) => ({
        name,
        brokers: brokers.map((broker) => broker.name),
      })),
      namesrvs: plan.nodes.filter(({ kind }) => kind === "namesrv").map(({ name }) => name),
    },
    workload: {
      rate: load.rate,
      messageBytes: load.messageBytes,
      clients: [...load.clients],
      topic: load.topic,
      queuesPerGroup: load.queuesPerGroup,
      producer: load.producer,
      consumer: load.consumer,
      consumerGroups: [consumingGroup(load)],
      numberedBodies: true,
      ...(load.kinds.length === 0 ? {} : { kinds: [...load.kinds] }),
    },
    versions: { rocketmq: plan.spec.rocketmq, engine: engine.version, node: process.version },
    images: await imagesOf(docker, plan),
    machine: `${engine.cpus} cores, ${Math.round(engine.memoryBytes / 1024 ** 3)} GiB, ${engine.operatingSystem}, ${engine.kernel} ${engine.architecture}`,
  };
}

async function imagesOf(docker: DockerClient, plan: ClusterPlan): Promise<Record<string, string>> {
  const references = [...new Set(plan.nodes.map(({ image }) => image))];
  const found = await Promise.all(
    references.map(
      async (reference) => [reference, (await docker.inspectImage(reference))?.id ?? "unknown"] as const,
    ),
  );
  return Object.fromEntries(found);
}
