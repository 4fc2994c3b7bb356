import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { renderTable, runFiles, storedCells } from "@hotfire/drill";
import { type DrillResult, parseResult } from "@hotfire/judge/result";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { writeFiles } from "../drills/write-files.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { shorten } from "../output/drill/render-outcome.ts";

interface DrillTableOptions {
  readonly table?: string | undefined;
}

export async function drillTable(
  context: Context,
  folders: readonly string[],
  { table }: DrillTableOptions,
): Promise<ExitCode> {
  const runs: DrillResult[] = [];
  for (const folder of folders) runs.push(...(await readRuns(resolve(folder))));
  const stored = storedCells(runs);
  if (stored.results.length === 0) {
    throw new CliError(
      "FILE_UNREADABLE",
      `No run that belongs into the table is in ${folders.join(" or ")}.`,
      {
        hint: "A run's folder holds result.json. Run some: hotfire drill matrix",
      },
    );
  }
  const text = renderTable(stored);
  if (table !== undefined) await writeFiles([[resolve(table), text]]);
  const { results, notRun } = stored;
  if (context.json) context.print(JSON.stringify({ runs: runs.length, results, notRun, table: text }));
  else context.print(table === undefined ? text : `${results.length} runs in ${shorten(resolve(table))}`);
  return exitCodes.ok;
}

async function readRuns(folder: string): Promise<DrillResult[]> {
  let names: string[];
  try {
    names = await readdir(folder, { recursive: true });
  } catch (cause) {
    throw new CliError("FILE_UNREADABLE", `${folder} cannot be read.`, { cause });
  }
  const files = names.filter((name) => name === runFiles.result || name.endsWith(`/${runFiles.result}`));
  return Promise.all(
    files.map(async (name) => parseResult(await readFile(join(folder, name), "utf8"), join(folder, name))),
  );
}
