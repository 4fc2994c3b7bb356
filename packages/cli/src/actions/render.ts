import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ClusterPlan, planCluster, renderCompose, renderFiles } from "@hotfire/topology";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readSpec, type SpecOptions } from "../spec-source.ts";
import { writeOut } from "./init.ts";

export async function render(
  context: Context,
  source: string | undefined,
  options: SpecOptions & { readonly output: string; readonly format: "compose" | "properties" },
): Promise<ExitCode> {
  const plan = planCluster(await readSpec(source, options));
  for (const { message, hint } of plan.warnings)
    context.say(`warning: ${message}${hint === undefined ? "" : ` ${hint}`}`);
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
