import { writeFile } from "node:fs/promises";
import { messageOf } from "@hotfire/base";
import { initSpec, type PresetName } from "@hotfire/topology";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";

export async function init(
  context: Context,
  preset: PresetName,
  options: { readonly output: string; readonly force?: true | undefined },
): Promise<ExitCode> {
  const text = initSpec(preset);
  if (options.output === "-") {
    context.print(text.trimEnd());
    return exitCodes.ok;
  }
  await writeOut(options.output, text, options.force === true);
  context.say(`Wrote ${options.output}. Start it: hotfire up ${options.output}`);
  return exitCodes.ok;
}

/** Writes a file; one that exists is only written over when that was asked for. */
export async function writeOut(file: string, text: string, overwrite: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: overwrite ? "w" : "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw new CliError("FILE_EXISTS", `${file} exists already.`, {
        hint: "Write over it with --force, or name another with -o.",
      });
    }
    const reason = messageOf(error);
    throw new CliError("FILE_UNWRITABLE", `${file} cannot be written: ${reason}`, { cause: error });
  }
}
