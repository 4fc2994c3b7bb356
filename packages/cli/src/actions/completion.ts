import type { Command } from "@commander-js/extra-typings";
import { completionScript, type Shell } from "../completion/completion-script.ts";
import { describeCommands } from "../completion/describe-commands.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";

export async function completion(context: Context, program: Command, shell: Shell): Promise<ExitCode> {
  context.print(completionScript(shell, describeCommands(program)).trimEnd());
  return exitCodes.ok;
}
