import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type DrillResult, parseResult } from "@hotfire/judge/result";
import { claimCluster } from "./claim.ts";
import { hotfire } from "./hotfire.ts";
import { projectRoot } from "./names.ts";
import { type RunResult, tail } from "./run.ts";
import { type TempFolder, tempFolder } from "./temp-folder.ts";

export interface DrillRun extends AsyncDisposable {
  readonly folder: string;
  readonly said: RunResult;
  readonly result: DrillResult;
}

/** `hotfire drill run NAME`, whatever its verdict; without a stored result it fails with what the command said. */
export async function runDrill(name: string, args: readonly string[]): Promise<DrillRun> {
  // Without a cluster to run on it makes one, named after the drill.
  await using _ = args.includes("--on") ? undefined : await claimCluster(`drill-${name}`);
  const temp = await tempFolder();
  const folder = join(temp.path, name);
  // Half of the default rate: the drill, its cluster and the test share two cores.
  const common = ["--no-build", "--seed", "1", "--rate", "300", "--out", folder];
  const said = await hotfire(["drill", "run", name, ...common, ...args], { deadlineMs: 280_000 });
  return read(temp, folder, said).catch(async (error: unknown) => {
    await temp[Symbol.asyncDispose]();
    throw new Error(`${said.command}: exit code ${said.code}\n${tail(said)}`, { cause: error });
  });
}

async function read(temp: TempFolder, folder: string, said: RunResult): Promise<DrillRun> {
  const result = parseResult(await readFile(join(folder, "result.json"), "utf8"));
  return {
    folder,
    said,
    result,
    async [Symbol.asyncDispose]() {
      if (result.verdict !== "pass") await keep(folder, result);
      await temp[Symbol.asyncDispose]();
    },
  };
}

/** Everything that was seen of a run that did not pass: a failure that comes once in many runs has to be understood from it. */
async function keep(folder: string, { run }: DrillResult): Promise<void> {
  const kept = join(projectRoot, ".hotfire/tests/drills", `${run.drill}-${run.cluster.name}`);
  await cp(folder, kept, { recursive: true });
}

/** What a failed expectation should show instead of a word. */
export function verdictOf({ result }: DrillRun): string {
  const broken = result.checks.filter(({ status }) => status !== "pass");
  const lines = broken.map(({ text, limit, measured }) => `${text}: ${measured}, limit ${limit}`);
  return [
    result.verdict,
    ...(result.verdict === "pass" ? [] : [result.sentence, ...result.reasons, ...lines]),
  ].join("\n");
}

/** The worst recovery of one verb in the groups that were hit, in microseconds; undefined when it never came back. */
export function worstRecovery(result: DrillResult, verb: "send" | "consume"): number | undefined {
  const hit = new Set(result.faults.flatMap(({ groups }) => groups));
  const mine = result.recoveries.filter((one) => one.verb === verb && hit.has(one.group));
  if (mine.length === 0 || mine.some(({ rto }) => rto === undefined)) return undefined;
  return Math.max(...mine.map(({ rto }) => rto ?? 0));
}
