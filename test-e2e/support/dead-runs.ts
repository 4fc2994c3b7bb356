import { readFile } from "node:fs/promises";
import { claims, dropClaim } from "./claim.ts";
import { clustersOnEngine, removeByForce } from "./cluster.ts";
import { runOfCluster, testRun } from "./names.ts";

/**
 * Removes what killed test runs left on this engine, whose disk may outlive them, and gives the clusters' names.
 * Nobody else's: a cluster is a test run's by its name or by its claim, and the run is dead when its process is gone.
 * For before the first test, after the last one, or where a file has failed: whatever there is of this run counts as left behind too.
 */
export async function removeDeadRuns(): Promise<string[]> {
  const claimed = new Map((await claims()).map(({ cluster, run }) => [cluster, run]));
  const removed: string[] = [];
  for (const cluster of new Set([...(await clustersOnEngine()), ...claimed.keys()])) {
    const run = claimed.get(cluster) ?? runOfCluster(cluster);
    if (run === undefined || (run !== testRun() && (await isAlive(run)))) continue;
    await removeByForce(cluster);
    if (claimed.has(cluster)) await dropClaim(cluster);
    removed.push(cluster);
  }
  return removed;
}

/** A run is named after its process; the number may be another program's by now. */
async function isAlive(run: string): Promise<boolean> {
  const pid = /^(?:p|ci)(\d+)$/.exec(run)?.[1];
  // Named by hand: only whoever named it knows.
  if (pid === undefined) return true;
  const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return /vitest|\.ci\/run/.test(words);
}
