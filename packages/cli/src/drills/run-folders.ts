import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CliError } from "../cli-error.ts";

/** Where runs go when nobody says otherwise, in the current folder. */
export const runsFolder = "hotfire-runs";

/** `hotfire-runs/writer-kill-20260131T120000Z`, absolute. */
export function newRunFolder(name: string, now: Date): string {
  const time = now
    .toISOString()
    .replace(/[-:]/g, "")
    .replace(/\.\d+Z$/, "Z");
  return resolve(runsFolder, `${name}-${time}`);
}

/** The folder that was named, or the newest run; it must hold the file. */
export async function findRun(folder: string | undefined, file: string): Promise<string> {
  const found = folder === undefined ? await newestRun(file) : resolve(folder);
  if (existsSync(join(found, file))) return found;
  throw new CliError("RUN_NOT_FOUND", `${found} holds no ${file}.`, {
    hint: `Name the folder of a run; without --out runs are in ${runsFolder}/.`,
  });
}

async function newestRun(file: string): Promise<string> {
  const folder = resolve(runsFolder);
  const names = await readdir(folder).catch(() => []);
  const runs = names.map((name) => join(folder, name)).filter((run) => existsSync(join(run, file)));
  const times = await Promise.all(runs.map(async (run) => (await stat(join(run, file))).mtimeMs));
  const newest = runs[times.indexOf(Math.max(...times))];
  if (newest !== undefined) return newest;
  throw new CliError("RUN_NOT_FOUND", `${folder} holds no run.`, {
    hint: "Make one, e.g. hotfire drill run writer-kill, or name a run's folder.",
  });
}
