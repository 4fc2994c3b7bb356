import { cp, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Page } from "playwright-core";
import { clustersOnEngine } from "./cluster.ts";
import { hotfire } from "./hotfire.ts";
import { logsFolder } from "./logs/unread.ts";
import { reportsFolder } from "./names.ts";
import { run } from "./run.ts";

/** Tabs that are open now: what they show is evidence too. */
export const openPages: Set<Page> = new Set();

export interface FailedTest {
  readonly file: string;
  readonly name: string;
  readonly errors: readonly string[];
  /** When it began, milliseconds since 1970. */
  readonly since: number;
}

/**
 * Keeps what a person needs to understand a failure without running the test again, before anything is taken down:
 * the error, the status of every cluster, the engine's events since the test began, logs up to now, and screenshots.
 * Gives the folder. Never throws: evidence that cannot be had says why.
 */
export async function keepEvidence(test: FailedTest): Promise<string> {
  const folder = join(reportsFolder, "evidence", basename(test.file, ".e2e.test.ts"), slug(test.name));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "error.txt"), `${test.file}\n${test.name}\n\n${test.errors.join("\n\n")}\n`);
  const until = ((Date.now() + 1000) / 1000).toFixed(0);
  const events = ["events", "--since", (test.since / 1000).toFixed(0), "--until", until];
  await Promise.all([
    said(join(folder, "containers.txt"), "docker", ["container", "ls", "--all", "--no-trunc"]),
    said(join(folder, "events.txt"), "docker", [...events, "--filter", "type=container"]),
    said(join(folder, "processes.txt"), "ps", ["-eo", "pid,pcpu,pmem,etime,args", "--sort=-pcpu"]),
    ...[...openPages].map((page, index) =>
      page.screenshot({ path: join(folder, `page-${index}.png`), fullPage: true }).catch(() => undefined),
    ),
    ...(await clustersOnEngine().catch(() => [])).map(async (cluster) => {
      const { stdout, stderr } = await hotfire(["status", cluster, "--json"]);
      await writeFile(join(folder, `status-${cluster}.json`), `${stdout}${stderr}`);
    }),
    copyLogs(join(folder, "logs"), test.since),
  ]).catch((error: unknown) => writeFile(join(folder, "evidence-failed.txt"), String(error)));
  return folder;
}

async function said(file: string, command: string, args: readonly string[]): Promise<void> {
  const { stdout, stderr } = await run(command, args, { deadlineMs: 20_000 });
  await writeFile(file, `${stdout}${stderr}`);
}

/** Logs that were written since the test began, of clusters that it has taken down again too. */
async function copyLogs(to: string, since: number): Promise<void> {
  const names = (await readdir(logsFolder)).filter((name) => name.endsWith(".log"));
  for (const name of names) {
    const from = join(logsFolder, name);
    if ((await stat(from)).mtimeMs >= since) await cp(from, join(to, name), { recursive: true });
  }
}

function slug(name: string): string {
  return name
    .replace(/[^a-z0-9]+/gi, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 80);
}
