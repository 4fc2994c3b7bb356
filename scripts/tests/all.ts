/**
 * `make test-all`: every test there is, in parts that are each run once for a state of the sources. A run that was cut
 * off goes on where it was; a part that failed is run again. Prints one summary; when everything has passed or failed,
 * writes it to docs/results/test-all.md.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { projectRoot, reportsFolder } from "../../test-e2e/support/names.ts";
import { run, succeeded } from "../../test-e2e/support/run.ts";
import { newestOutcomes, type Outcome } from "./outcome.ts";
import { summaryPage } from "./summary.ts";

/** What is not a file of end-to-end tests, cheapest first: a target of the Makefile each. */
const stages = ["lint", "test-unit", "test-mutations", "test-java", "test-simulation"];

const commit = await sourceState();
const folder = join(projectRoot, ".hotfire/test-all", commit);
const outcomesFile = join(folder, "outcomes.ndjson");
mkdirSync(folder, { recursive: true });

const files = globSync("test-e2e/**/*.e2e.test.ts", { cwd: projectRoot }).toSorted();
const before = outcomes();
const isDone = (what: string) => before.get(what)?.failed === 0;
const done = [...stages, ...files].filter(isDone);
if (done.length > 0)
  say(`${done.length} of ${stages.length + files.length} parts have passed before and are not run again.`);

for (const stage of stages.filter((name) => !isDone(name))) await runStage(stage);
const left = files.filter((file) => !isDone(file));
if (left.length > 0) {
  await make(["test-e2e", "TIER=all", `FILTER=${left.join(" ")}`], { HOTFIRE_TEST_OUTCOMES: outcomesFile });
}

const all = outcomes();
const missing = [...stages, ...files].filter((what) => !all.has(what));
const list = [...all.values()];
const failed = list.filter((outcome) => outcome.failed > 0);
for (const { what } of failed) say(`failed: ${what}${evidenceOf(what)}`);
for (const what of missing) say(`not run: ${what}`);
const sum = (of: (outcome: Outcome) => number) => list.reduce((total, outcome) => total + of(outcome), 0);
if (missing.length === 0) {
  const page = join(projectRoot, "docs/results/test-all.md");
  writeFileSync(page, await summaryPage({ commit, outcomes: list }));
  say(`Written: ${relative(projectRoot, page)}`);
}
say(`${sum(({ passed }) => passed)} passed, ${sum((outcome) => outcome.failed)} failed`);
process.exitCode = failed.length + missing.length > 0 ? 1 : 0;

async function runStage(stage: string): Promise<void> {
  const startedAt = performance.now();
  const code = await make([stage, "TIER=all"], {});
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  record({ what: stage, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, seconds });
}

function make(words: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn("make", ["--no-print-directory", ...words], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 130));
  });
}

function record(outcome: Outcome): void {
  appendFileSync(outcomesFile, `${JSON.stringify(outcome)}\n`);
}

function outcomes(): Map<string, Outcome> {
  return newestOutcomes(existsSync(outcomesFile) ? readFileSync(outcomesFile, "utf8") : "");
}

/** The commit, and a hash of what is not committed: outcomes of other sources do not count. */
async function sourceState(): Promise<string> {
  const git = async (...words: string[]) => succeeded(await run("git", words, { cwd: projectRoot })).stdout;
  const head = (await git("rev-parse", "--short=10", "HEAD")).trim();
  const changes = `${await git("diff", "HEAD")}${await git("status", "--porcelain")}`;
  return changes === "" ? head : `${head}-${createHash("sha256").update(changes).digest("hex").slice(0, 8)}`;
}

function evidenceOf(file: string): string {
  const kept = join(reportsFolder, "evidence", (file.split("/").at(-1) ?? "").replace(".e2e.test.ts", ""));
  return existsSync(kept) ? `, see ${relative(projectRoot, kept)}` : "";
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
