import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { describeMachine } from "./machine.ts";

interface Stored {
  readonly machine: Awaited<ReturnType<typeof describeMachine>>;
}

/** Stores what was measured, and when, under bench/results; the name begins with `prefix`. Gives the file. */
export async function storeResult(
  prefix: string,
  measured: Stored & Readonly<Record<string, unknown>>,
): Promise<string> {
  const folder = join(import.meta.dirname, "results");
  const at = new Date().toISOString();
  const file = join(folder, `${prefix}${at.slice(0, 19).replaceAll(":", "-")}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify({ at, ...measured }, undefined, 2)}\n`);
  return file;
}
