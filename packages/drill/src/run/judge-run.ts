import { join } from "node:path";
import { renderReport } from "@hotfire/judge";
import type { Expectation, HeaderRecord, Rule } from "@hotfire/judge/history";
import type { DrillResult } from "@hotfire/judge/result";
import { renderJunit } from "@hotfire/judge/result";
import { type ClusterSpec, failoverProfiles, type Mode, modes } from "@hotfire/topology";
import { z } from "zod";
import { catalogue } from "../catalogue/catalogue.ts";
import { chaosExpectation, chaosName } from "../catalogue/chaos-drill.ts";
import { DrillError } from "../errors/drill-error.ts";
import { judgeHistoryFile } from "../history-file/judge-file.ts";
import { readHistory } from "../history-file/read-history.ts";
import { predictSwitch } from "./predict-switch.ts";
import { makeCheckFolder, runFiles, writeRunFile } from "./run-files.ts";
import type { DrillOutcome } from "./run-options.ts";

const specWithFailover = z.object({
  failover: z
    .union([z.enum(failoverProfiles), z.object({ heartbeatMs: z.number(), silenceMs: z.number() })])
    .default("stock"),
});

export interface CheckOptions {
  readonly limits: readonly Rule[];
  /** Where result, report and JUnit go: into the folder of a run that is judged for the first time, beside what it holds later. */
  readonly into: "run" | "beside";
}

/**
 * Judges a run's history by what it was claimed to do and the person's limits, and writes result, report and JUnit. Needs no engine
 * and no cluster, so a stored run can be judged again anywhere; what was judged before stays as it was.
 */
export async function checkRun(folder: string, { limits, into }: CheckOptions): Promise<DrillOutcome> {
  const path = join(folder, runFiles.history);
  const header = await readHeader(path);
  const mode = modes.find((known) => known === header.cluster.mode);
  const { result, series } = await judgeHistoryFile(path, {
    limits,
    ...(header.version > 1 || mode === undefined ? {} : { expectation: expectationOf(header.drill, mode) }),
    predictions: mode === undefined ? [] : predictSwitch({ mode, failover: failoverOf(header) }),
  });
  const target = into === "run" ? folder : await makeCheckFolder(folder);
  await writeResult(target, result, renderReport(result, series));
  return { result, folder: target };
}

async function writeResult(folder: string, result: DrillResult, report: string): Promise<void> {
  await writeRunFile(folder, runFiles.result, `${JSON.stringify(result, undefined, 2)}\n`);
  await writeRunFile(folder, runFiles.report, report);
  await writeRunFile(folder, runFiles.junit, renderJunit([result]));
}

/** What the drill claims today: histories of format 1 do not hold what it claimed then. */
function expectationOf(name: string, mode: Mode): Expectation | undefined {
  if (name === chaosName) return chaosExpectation;
  return catalogue.find((drill) => drill.name === name)?.expect[mode];
}

/** Runs from before there was a choice were stock's. */
function failoverOf(header: HeaderRecord): NonNullable<ClusterSpec["failover"]> {
  const spec = specWithFailover.safeParse(header.cluster.spec);
  return spec.success ? spec.data.failover : "stock";
}

async function readHeader(path: string): Promise<HeaderRecord> {
  for await (const batch of readHistory(path)) {
    const [first] = batch;
    if (first?.type === "header") return first;
    break;
  }
  throw new DrillError("RUN_FOLDER", `${path} does not begin with a header.`, {
    hint: "Is this the folder of a run?",
  });
}
