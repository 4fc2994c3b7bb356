import { findDrill } from "@hotfire/drill";
import type { Context } from "../context.ts";
import { type RunOneOptions, runOne } from "../drills/run-one.ts";
import type { ExitCode } from "../exit-codes.ts";

export async function drillRun(context: Context, name: string, options: RunOneOptions): Promise<ExitCode> {
  const drill = findDrill(name);
  return runOne(context, drill, ["drill", "run", drill.name], options);
}
