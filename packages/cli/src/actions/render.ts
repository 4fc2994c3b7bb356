import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { connect, findCluster, refuseChange, storedOf } from "@hotfire/engine";
import {
  type ClusterPlan,
  planCluster,
  renderCompose,
  renderFiles,
  type StoredNodes,
  specOfCompose,
  storedNodes,
} from "@hotfire/topology";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readSpec, type SpecOptions } from "../spec-source.ts";
import { writeOut } from "./init.ts";

export async function render(
  context: Context,
  source: string | undefined,
  options: SpecOptions & {
    readonly output: string;
    readonly format: "compose" | "properties";
    readonly newVolumes?: readonly string[] | undefined;
  },
): Promise<ExitCode> {
  const plan = planCluster(await readSpec(source, options));
  for (const { message, hint } of plan.warnings)
    context.say(`warning: ${message}${hint === undefined ? "" : ` ${hint}`}`);
  const newVolumes = options.newVolumes ?? [];
  refuseChange(await storedBefore(plan, options.output), plan, { newVolumes });
  if (newVolumes.length > 0) context.say(removeFirst(plan, newVolumes));
  if (options.format === "properties") return writeFiles(context, plan, options.output);
  if (options.output === "-") {
    context.print(renderCompose(plan).trimEnd());
    return exitCodes.ok;
  }
  // Generated, and generated again whenever the spec changes: writing over it is the point.
  await writeOut(options.output, renderCompose(plan, { path: options.output }), true);
  context.say(`Wrote ${options.output}. Start it: docker compose -f ${options.output} up --wait`);
  return exitCodes.ok;
}

/** What the same cluster has stored: on the engine, where one answers, or by the Compose file that is written over. */
async function storedBefore(plan: ClusterPlan, output: string): Promise<StoredNodes> {
  const docker = await connect().catch(() => undefined);
  const running =
    docker === undefined ? undefined : await findCluster(docker, plan.name).catch(() => undefined);
  const text = output === "-" ? undefined : await readFile(output, "utf8").catch(() => undefined);
  const earlier = text === undefined ? undefined : specOfCompose(text);
  const written = earlier?.name === plan.name ? storedNodes(planCluster(earlier)) : [];
  return new Map([...written, ...storedOf(running)]);
}

/** Compose keeps a volume that is there, whatever its file says. */
function removeFirst(plan: ClusterPlan, nodes: readonly string[]): string {
  const names = nodes.map((node) => `${plan.project}_${node}`).join(" ");
  return `warning: Compose keeps the volumes that are there. Before it starts: docker compose -p ${plan.project} rm -sf ${nodes.join(" ")} && docker volume rm ${names}`;
}

async function writeFiles(context: Context, plan: ClusterPlan, folder: string): Promise<ExitCode> {
  if (folder === "-")
    throw new CliError("ARGUMENT_INVALID", "--format properties writes a file a node, and needs a folder.", {
      hint: "Name one with -o, for example -o conf.",
    });
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new CliError("FILE_UNWRITABLE", `${folder} cannot be made: ${error.message}`, { cause: error });
  });
  const files = renderFiles(plan);
  for (const { name, text } of files) await writeOut(join(folder, name), text, true);
  context.say(
    `Wrote ${files.length} files in ${folder}. Nodes are host names there: give the hosts these names, or write addresses.`,
  );
  return exitCodes.ok;
}
