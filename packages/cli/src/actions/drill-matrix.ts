import { join, resolve } from "node:path";
import { catalogue, type MatrixOutcome, matrixCells, runFiles, runMatrix } from "@hotfire/drill";
import { connect } from "@hotfire/engine";
import { renderJunit } from "@hotfire/judge/result";
import type { FailoverProfile } from "@hotfire/topology";
import type { Context } from "../context.ts";
import { runCommand } from "../drills/run-command.ts";
import { newRunFolder } from "../drills/run-folders.ts";
import { newSeed } from "../drills/run-one.ts";
import { writeFiles } from "../drills/write-files.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { renderTroubles } from "../output/drill/matrix-panel.ts";
import { newMatrix } from "../output/drill/matrix-state.ts";
import { showMatrix } from "../output/drill/matrix-view.ts";
import { shorten } from "../output/drill/render-outcome.ts";

interface DrillMatrixOptions {
  readonly modes?: readonly string[] | undefined;
  readonly drills?: readonly string[] | undefined;
  readonly failover?: FailoverProfile | undefined;
  readonly seed?: number | undefined;
  readonly out?: string | undefined;
  readonly table?: string | undefined;
  readonly build: boolean;
}

export async function drillMatrix(context: Context, options: DrillMatrixOptions): Promise<ExitCode> {
  const { modes, drills, failover, build } = options;
  const cells = matrixCells({
    ...(modes === undefined ? {} : { modes }),
    ...(drills === undefined ? {} : { drills }),
    ...(failover === undefined ? {} : { failover }),
  });
  const seed = options.seed ?? newSeed();
  const docker = await connect();
  const folder = options.out === undefined ? newRunFolder("matrix", new Date()) : resolve(options.out);
  const order = catalogue.map(({ name }) => name);
  const view = showMatrix(context, newMatrix(cells, order, seed));
  let outcome: MatrixOutcome;
  try {
    outcome = await runMatrix({
      docker,
      cells,
      seed,
      folder,
      command: runCommand(["drill", "matrix"], { seed, failover }),
      build,
      signal: context.signal,
      onEvent: view.onEvent,
    });
  } finally {
    view.end();
    if (context.signal.aborted)
      context.say(`\nInterrupted. The drills that were run are in ${shorten(folder)}`);
  }
  const files = await writeOutcome(outcome, folder, options.table);
  if (context.json) context.print(JSON.stringify({ type: "result", folder, ...outcome }));
  else {
    const troubles = renderTroubles(outcome, shorten(folder), context.style, context.width);
    const blocks = [...(troubles === "" ? [] : [troubles]), files.map(shorten).join("\n")];
    context.print(`\n${blocks.join("\n\n")}`);
  }
  return matrixExitCode(outcome);
}

function writeOutcome(
  outcome: MatrixOutcome,
  folder: string,
  table: string | undefined,
): Promise<readonly string[]> {
  const { results, notRun } = outcome;
  return writeFiles([
    [join(folder, "failover-table.md"), outcome.table],
    [join(folder, "failover-table.json"), `${JSON.stringify({ results, notRun }, undefined, 2)}\n`],
    [join(folder, runFiles.junit), renderJunit(results, notRun)],
    ...(table === undefined ? [] : [[resolve(table), outcome.table] as const]),
  ]);
}

/** What was not run proves nothing and breaks nothing, unless nothing was run at all. */
export function matrixExitCode({ results }: Pick<MatrixOutcome, "results">): ExitCode {
  const has = (verdict: string) => results.some((result) => result.verdict === verdict);
  if (has("fail")) return exitCodes.failed;
  return has("unknown") || results.length === 0 ? exitCodes.unknown : exitCodes.ok;
}
