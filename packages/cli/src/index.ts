export type { CliErrorCode } from "./cli-error.ts";
export { CliError, cliErrors } from "./cli-error.ts";
export { runCommandLine } from "./command-line.ts";
export type { ExitCode } from "./exit-codes.ts";
export { exitCodeOf, exitCodes } from "./exit-codes.ts";
