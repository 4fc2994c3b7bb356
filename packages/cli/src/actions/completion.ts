import type { Command } from "@commander-js/extra-typings";
import { catalogue } from "@hotfire/drill";
import { completionScript, type Shell } from "../completion/completion-script.ts";
import { describeCommands } from "../completion/describe-commands.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";

export async function completion(context: Context, program: Command, shell: Shell): Promise<ExitCode> {
  const drills = catalogue.map(({ name }) => name);
  context.print(completionScript(shell, describeCommands(program, drills)).trimEnd());
  return exitCodes.ok;
}
