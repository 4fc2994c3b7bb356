import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { presets, shells } from "../commands/common.ts";

export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly {
    readonly long: string;
    readonly short?: string;
    readonly description: string;
  }[];
  /** Words that the first argument can be. */
  readonly words: readonly string[];
  readonly takesCluster: boolean;
  readonly takesFile: boolean;
  readonly subcommands: readonly CommandWords[];
}

const fixedWords: Readonly<Record<string, readonly string[]>> = {
  up: presets,
  render: presets,
  init: presets,
  completion: shells,
};

/** Reads a program's commands, options and arguments, so that the completion can say nothing that is not so. */
export function describeCommands(
  program: CommandUnknownOpts,
  drills: readonly string[] = [],
): CommandWords[] {
  return program.commands.map((command) => {
    const args = command.registeredArguments.map((argument) => argument.name());
    return {
      name: command.name(),
      summary: command.summary(),
      options: command.options.flatMap(({ long, short, description }) =>
        long ? [{ long, ...(short ? { short } : {}), description }] : [],
      ),
      words: args.includes("drill") ? drills : (fixedWords[command.name()] ?? []),
      takesCluster: args.includes("name"),
      takesFile: args.includes("preset|file"),
      subcommands: describeCommands(command, drills),
    };
  });
}
