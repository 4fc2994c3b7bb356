import { checkRun } from "@hotfire/drill";
import { parseLimits } from "@hotfire/judge";
import type { Context } from "../context.ts";
import { findRun } from "../drills/run-folders.ts";
import { printOutcome } from "../drills/run-one.ts";
import { type ExitCode, exitCodeByVerdict } from "../exit-codes.ts";

export async function drillCheck(
  context: Context,
  folder: string | undefined,
  options: { readonly limit?: readonly string[] | undefined },
): Promise<ExitCode> {
  const given = (options.limit ?? []).join(",");
  const limits = given === "" ? [] : parseLimits(given);
  const outcome = await checkRun(await findRun(folder, "history.ndjson"), { limits, into: "beside" });
  printOutcome(context, outcome);
  return exitCodeByVerdict[outcome.result.verdict];
}
