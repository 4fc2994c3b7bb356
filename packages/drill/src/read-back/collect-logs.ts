import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { redact } from "@hotfire/config";
import { chooseCluster, type DockerClient, type FoundNode } from "@hotfire/engine";
import type { LogRecord, Micros } from "@hotfire/judge/history";
import type { RunClock } from "../workload/clock.ts";
import { LinePicker } from "./telling-lines.ts";

export interface CollectLogsOptions {
  readonly docker: DockerClient;
  /** Hotfire's name of the cluster. */
  readonly cluster: string;
  readonly clock: RunClock;
  readonly record: (record: LogRecord) => void;
  /** Made when missing; gets NODE.log for each node. */
  readonly folder: string;
  /** Log records begin here; the files are whole. */
  readonly from: Micros;
}

const mostRecords = 300;

/** Writes the nodes' whole logs into files, and their telling lines as `log` records, in order of time. Throws CLUSTER_NOT_FOUND. */
export async function collectLogs(options: CollectLogsOptions): Promise<void> {
  const { docker, cluster, record, folder } = options;
  const found = await chooseCluster(docker, cluster);
  await mkdir(folder, { recursive: true });
  const picker = new LinePicker();
  // One after the other: the engine hands over a log in one piece.
  for (const node of found.nodes) {
    const lines = Readable.from(readLines(options, node, picker));
    await pipeline(lines, createWriteStream(join(folder, `${node.name}.log`)));
  }
  for (const { at, node, text } of picker.finish(mostRecords)) record({ type: "log", at, node, line: text });
}

async function* readLines(
  { docker, clock, from }: CollectLogsOptions,
  { name, container }: FoundNode,
  picker: LinePicker,
): AsyncGenerator<string> {
  for await (const { at, text: line } of docker.logs(container.id, {})) {
    // A broker prints its whole configuration as it starts.
    const text = redact(line);
    // Before moment 0 the clock says 0.
    const moment = clock.toMicros(at);
    if (moment > 0 && moment >= from) picker.add({ at: moment, node: name, text });
    yield `${text}\n`;
  }
}
