import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DrillError } from "../errors/drill-error.ts";

/** Names inside a run's folder. */
export const runFiles = {
  history: "history.ndjson",
  result: "result.json",
  report: "report.html",
  junit: "junit.xml",
  containers: "containers.json",
  logs: "logs",
} as const;

/** Makes the folder; one that holds anything belongs to another run. */
export async function makeRunFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length === 0) return;
  } catch (cause) {
    throw new DrillError("RUN_FOLDER", `${folder} cannot be made.`, {
      cause,
      hint: "Choose another one with --out.",
    });
  }
  throw new DrillError("RUN_FOLDER", `${folder} is not empty.`, {
    hint: "Choose a new one with --out; a run never overwrites another one's evidence.",
  });
}

/** @throws DrillError RUN_FOLDER when the disk refuses. */
export async function writeRunFile(folder: string, name: string, text: string): Promise<void> {
  try {
    await writeFile(join(folder, name), text);
  } catch (cause) {
    throw new DrillError("RUN_FOLDER", `${join(folder, name)} cannot be written.`, {
      cause,
      hint: "Is the disk full?",
    });
  }
}
