import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "@hotfire/base";
import { redact } from "@hotfire/config";
import { renderCompose } from "@hotfire/topology";
import type { FoundCluster, FoundNode } from "../clusters/found-cluster.ts";
import { planOf } from "../clusters/members.ts";
import { checkCompose } from "../compose/compose.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { diagnose } from "../doctor/diagnose.ts";
import { EngineError } from "../errors/engine-error.ts";
import type { EventListener } from "../events/engine-event.ts";
import { Progress } from "../events/progress.ts";
import { readStatus } from "../status/read-status.ts";
import { verify } from "../verify/verify.ts";

/** Of each node's log: the last lines, and no more bytes than this. */
const maxLogLines = 20_000;
const maxLogBytes = 4 * 1024 * 1024;

export interface ExportOptions {
  readonly onEvent?: EventListener;
  /** Version of the tool, for `versions.json`. */
  readonly version: string;
}

export interface ExportResult {
  readonly folder: string;
  readonly files: readonly string[];
  /** What could not be had, and why. */
  readonly problems: readonly string[];
}

/** Writes everything that a bug report needs. What cannot be had is recorded, and the rest is written all the same. */
export async function exportCluster(
  docker: DockerClient,
  cluster: FoundCluster,
  folder: string,
  options: ExportOptions,
): Promise<ExportResult> {
  const progress = new Progress(options.onEvent);
  await prepare(folder);
  const files: string[] = [];
  const problems: string[] = [];
  const collect = async (file: string, make: () => Promise<string>) => {
    try {
      const text = redact(await make());
      await writeFile(join(folder, file), text.endsWith("\n") ? text : `${text}\n`);
      files.push(file);
    } catch (error) {
      problems.push(`${file}: ${messageOf(error)}`);
    }
  };
  const json = async (value: unknown) => JSON.stringify(await value, undefined, 2);
  await progress.step("collect", `Collect evidence of ${cluster.name}`, async (step) => {
    step.progress("status and logs");
    // Before anything that sends messages or starts containers.
    await Promise.all([
      collect("status.json", () => json(readStatus(docker, cluster))),
      ...cluster.nodes.flatMap((node) => [
        collect(`logs/${node.name}.log`, () => readLog(docker, node)),
        collect(`containers/${node.name}.json`, () => json(docker.inspectRaw(node.container.id))),
      ]),
    ]);
    step.progress("spec, verification and machine");
    await Promise.all([
      collect("spec.json", async () => json(planOf(cluster).spec)),
      collect("plan.json", async () => json(planOf(cluster))),
      collect("compose.yaml", async () => renderCompose(planOf(cluster))),
      collect("versions.json", () => json(versions(docker, options.version))),
      collect("verify.json", () => json(verify(docker, cluster))),
      collect("doctor.json", () => json(diagnose(docker))),
    ]);
    if (problems.length > 0) await collect("problems.txt", async () => problems.join("\n"));
    return { value: undefined, summary: `${files.length} files in ${folder}` };
  });
  return { folder, files: files.sort(), problems };
}

async function prepare(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0) {
      throw new EngineError("EXPORT_FAILED", `The folder ${folder} is not empty.`, {
        hint: "Name another with --output.",
      });
    }
    await Promise.all(["logs", "containers"].map((name) => mkdir(join(folder, name))));
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const reason = messageOf(error);
    throw new EngineError("EXPORT_FAILED", `The folder ${folder} cannot be written: ${reason}`, {
      hint: "Name another with --output.",
      cause: error,
    });
  }
}

async function readLog(docker: DockerClient, node: FoundNode): Promise<string> {
  const lines: string[] = [];
  let bytes = 0;
  for await (const { at, text } of docker.logs(node.container.id, { tail: maxLogLines })) {
    const line = `${at.toISOString()} ${text}`;
    lines.push(line);
    bytes += line.length + 1;
    // The newest lines tell most.
    while (bytes > maxLogBytes) bytes -= (lines.shift()?.length ?? 0) + 1;
  }
  return lines.join("\n");
}

async function versions(docker: DockerClient, version: string) {
  const [engine, compose] = await Promise.all([
    docker.info(),
    checkCompose().catch((error: unknown) => messageOf(error)),
  ]);
  return {
    hotfire: version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    compose,
    engine,
  };
}
