import { setTimeout as sleep } from "node:timers/promises";
import { redact } from "@hotfire/config";
import type { FoundCluster, FoundNode } from "../clusters/found-cluster.ts";
import type { DockerClient, LogLine } from "../docker/docker-client.ts";
import { mergeByTime } from "./merge-by-time.ts";

const startPollMs = 500;

export interface NodeLogLine extends LogLine {
  readonly node: string;
}

export interface ReadLogsOptions {
  /** Names of nodes; all when empty. */
  readonly nodes?: readonly string[];
  /** Last lines of each node. */
  readonly tail?: number;
  readonly since?: Date;
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
}

/** The nodes' logs as one, without the secrets of the configuration that brokers print as they start: by time where they are read to their end, as they come when followed. */
export async function* readLogs(
  docker: DockerClient,
  cluster: FoundCluster,
  options: ReadLogsOptions = {},
): AsyncGenerator<NodeLogLine> {
  const { nodes: names = [], ...wanted } = options;
  const nodes = cluster.nodes.filter(({ name }) => names.length === 0 || names.includes(name));
  const sources = nodes.map((node) => linesOf(docker, node, wanted));
  yield* mergeByTime(sources, options.follow === true ? "as-they-come" : "by-time");
}

async function* linesOf(
  docker: DockerClient,
  node: FoundNode,
  options: Omit<ReadLogsOptions, "nodes">,
): AsyncGenerator<NodeLogLine> {
  const { id } = node.container;
  let wanted = options;
  for (;;) {
    const startedAt = options.follow === true ? (await docker.inspectContainer(id))?.startedAt : undefined;
    for await (const line of docker.logs(id, wanted)) {
      yield { ...line, text: redact(line.text), node: node.name };
    }
    if (options.follow !== true) return;
    // The engine ends a followed log with the process; the next one goes on in the same log.
    const since = await nextStart(docker, id, startedAt, options.signal);
    if (since === undefined) return;
    wanted = { since, follow: true, ...(options.signal === undefined ? {} : { signal: options.signal }) };
  }
}

/** When a container's process was started after `previous`; undefined once the container is gone, or the signal fires. */
async function nextStart(
  docker: DockerClient,
  id: string,
  previous: Date | undefined,
  signal: AbortSignal | undefined,
): Promise<Date | undefined> {
  while (signal?.aborted !== true) {
    const details = await docker.inspectContainer(id);
    if (details === undefined) return undefined;
    const { startedAt } = details;
    const isNew = startedAt !== undefined && (previous === undefined || startedAt > previous);
    if (details.state === "running" && isNew) return startedAt;
    await sleep(startPollMs, undefined, signal === undefined ? {} : { signal }).catch(() => {});
  }
  return undefined;
}
