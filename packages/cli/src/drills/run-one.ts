import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type ClientSettings,
  type DrillDefinition,
  type DrillOutcome,
  runDrill,
  type WorkloadKind,
} from "@hotfire/drill";
import { connect } from "@hotfire/engine";
import { parseLimits } from "@hotfire/judge";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodeByVerdict } from "../exit-codes.ts";
import { renderOutcome, shorten } from "../output/drill/render-outcome.ts";
import { showRun } from "../output/drill/run-view.ts";
import { choosePlace, type PlaceOptions } from "./choose-place.ts";
import { runCommand } from "./run-command.ts";
import { newRunFolder } from "./run-folders.ts";

export interface RunOneOptions extends PlaceOptions {
  readonly seed?: number | undefined;
  readonly limit?: readonly string[] | undefined;
  readonly out?: string | undefined;
  readonly rate?: number | undefined;
  readonly size?: number | undefined;
  readonly clientSettings?: ClientSettings | undefined;
  readonly workload?: readonly WorkloadKind[] | undefined;
  readonly build: boolean;
}

export const newSeed = (): number => randomInt(2 ** 31);

/** Runs one drill, shows it, and prints its outcome. `words` are those of the command, as far as the options. */
export async function runOne(
  context: Context,
  drill: DrillDefinition,
  words: readonly string[],
  options: RunOneOptions,
): Promise<ExitCode> {
  const limits = (options.limit ?? []).length === 0 ? [] : parseLimits((options.limit ?? []).join(","));
  const seed = options.seed ?? newSeed();
  const { rate, size, client, clientSettings, workload } = options;
  const docker = await connect();
  const { place, cluster, mode } = await choosePlace(docker, drill, options);
  const folder = options.out === undefined ? newRunFolder(drill.name, new Date()) : resolve(options.out);
  const view = showRun(context, { drill: drill.name, title: drill.title, cluster, mode, seed });
  let outcome: DrillOutcome;
  try {
    outcome = await runDrill({
      docker,
      drill,
      place,
      seed,
      limits,
      workload: {
        ...(rate === undefined ? {} : { rate }),
        ...(size === undefined ? {} : { messageBytes: size }),
        ...(client === undefined ? {} : { client }),
        ...(clientSettings === undefined ? {} : { clientSettings }),
        ...(workload === undefined ? {} : { kinds: workload }),
      },
      folder,
      command: runCommand(words, { ...options, seed }),
      build: options.build,
      signal: context.signal,
      onEvent: view.onEvent,
    });
  } catch (error) {
    view.end();
    const report = join(folder, "report.html");
    // An interrupted run says so itself.
    if (!context.json && !context.signal.aborted && existsSync(report))
      context.say(`What was seen until then: ${shorten(report)}\n`);
    throw error;
  }
  view.end();
  printOutcome(context, outcome);
  if (place.kind === "own" && place.keep && !context.json) {
    context.say(`\nIts cluster is still up: hotfire status ${cluster}. Remove it: hotfire down ${cluster}`);
  }
  return exitCodeByVerdict[outcome.result.verdict];
}

export function printOutcome(context: Context, outcome: DrillOutcome): void {
  if (context.json) context.print(JSON.stringify({ type: "result", ...outcome }));
  else context.print(renderOutcome(outcome, context.style, context.width));
}
