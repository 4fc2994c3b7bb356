import { basename, dirname, resolve } from "node:path";
import { type ConfigFile, lint } from "@hotfire/config";
import { importFiles, importText, spokenChange } from "@hotfire/topology";
import { CliError } from "../cli-error.ts";
import { readConfigSets } from "../config-files.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { linesOf, renderFinding } from "../output/render-findings.ts";
import { writeOut } from "./init.ts";

export async function importSpec(
  context: Context,
  paths: readonly string[],
  options: { readonly output: string; readonly force?: true | undefined; readonly name?: string | undefined },
): Promise<ExitCode> {
  const files = await oneCluster(paths);
  const imported = importFiles(files, options.name ?? nameFor(paths, files));
  const lines = linesOf(files);
  for (const finding of lint(files).filter(({ severity }) => severity === "error")) {
    context.say(renderFinding(finding, lines.get(finding.file) ?? [], true, context.sayStyle));
  }
  for (const change of imported.changes)
    context.say(
      `${change.isLoud ? context.sayStyle.bad("changed") : context.sayStyle.warn("changed")} ${spokenChange({ ...change, isLoud: false })}`,
    );
  const lost = new Set(imported.notKept.map(({ key }) => key));
  if (lost.size > 0)
    context.say(context.sayStyle.warn(`not kept: ${[...lost].join(", ")}; the spec's comments say why.`));
  const text = importText(imported);
  if (options.output === "-") context.print(text.trimEnd());
  else {
    await writeOut(options.output, text, options.force === true);
    context.say(`Wrote ${options.output}. Start it: hotfire up ${options.output}`);
  }
  return exitCodes.ok;
}

async function oneCluster(paths: readonly string[]): Promise<readonly ConfigFile[]> {
  const sets: (readonly ConfigFile[])[] = [];
  for await (const { files, unreadable } of readConfigSets(paths)) {
    const [first] = unreadable;
    if (first !== undefined) throw first;
    sets.push(files);
  }
  const [files = [], ...others] = sets;
  if (others.length === 0) return files;
  const folders = sets.flatMap(([first]) => (first === undefined ? [] : [dirname(first.path)]));
  throw new CliError("ARGUMENT_INVALID", `There are ${sets.length} clusters here: ${folders.join(", ")}.`, {
    hint: `Import one at a time: hotfire import ${folders[0]}`,
  });
}

/** The folder's name as a name for a cluster. */
function nameFor(paths: readonly string[], files: readonly ConfigFile[]): string {
  const [path = "."] = paths;
  const isFile = files.some((file) => file.path === path);
  const folder = basename(resolve(isFile ? dirname(path) : path)).toLowerCase();
  const usable = folder
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40);
  return usable === "" ? "imported" : usable;
}
