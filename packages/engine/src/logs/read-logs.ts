import type { FoundCluster, FoundNode } from "../clusters/found-cluster.ts";
import type { DockerClient, LogLine } from "../docker/docker-client.ts";
import { mergeByTime } from "./merge-by-time.ts";

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

/** The nodes' logs as one: by time where they are read to their end, as they come when followed. */
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
  for await (const line of docker.logs(node.container.id, options)) yield { ...line, node: node.name };
}
