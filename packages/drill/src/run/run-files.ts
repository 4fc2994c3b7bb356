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

/** A new folder `check-1`, `check-2`, … inside a run's. */
export async function makeCheckFolder(run: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const folder = join(run, `check-${number}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") continue;
      throw new DrillError("RUN_FOLDER", `${folder} cannot be made.`, {
        cause,
        hint: "Is the run's folder writable?",
      });
    }
  }
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
