import { type ErrorTable, errorClass } from "@hotfire/base";

export const cliErrors = {
  ARGUMENT_INVALID: {
    blame: "user",
    meaning: "An argument or option of the command has a value it cannot have.",
  },
  NOT_CONFIRMED: {
    blame: "user",
    meaning: "What would lose data was not confirmed on the terminal; nothing was touched.",
  },
  FILE_UNREADABLE: { blame: "user", meaning: "A file that was named cannot be read." },
  FILE_EXISTS: { blame: "user", meaning: "A file to be written exists already." },
  FILE_UNWRITABLE: { blame: "user", meaning: "A file or folder cannot be written." },
  RUN_NOT_FOUND: {
    blame: "user",
    meaning: "A folder that was named, or hotfire-runs/, holds no drill's run.",
  },
  CONSOLE_NOT_FOUND: { blame: "user", meaning: "The cluster was made without a console." },
  CONSOLE_NOT_STARTED: { blame: "user", meaning: "A console cannot listen on the port that was asked for." },
} satisfies ErrorTable;

export type CliErrorCode = keyof typeof cliErrors;

/** Mistakes on the command line itself. */
export class CliError extends errorClass(cliErrors) {}
