import type { Blame } from "@hotfire/base";

/** Exit codes of the command, stable for scripts. */
export const exitCodes = {
  ok: 0,
  /** A check said no: a claim of `verify` or a drill failed, a node died, `doctor` found a fault. */
  failed: 1,
  /** Nobody knows: a deadline passed, a drill could not be judged. */
  unknown: 2,
  /** The person's mistake: arguments, a spec, a port in use. */
  usage: 3,
  /** The engine or the machine. */
  machine: 4,
  /** A bug of this tool. */
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byCode: Readonly<Record<string, ExitCode>> = {
  DEADLINE_PASSED: exitCodes.unknown,
  NODE_DIED: exitCodes.failed,
  INTERRUPTED: exitCodes.interrupted,
  DRILL_INTERRUPTED: exitCodes.interrupted,
};

const byBlame: Readonly<Record<Blame, ExitCode>> = {
  user: exitCodes.usage,
  engine: exitCodes.machine,
  tool: exitCodes.bug,
};

/** What an error with a code and a blame means for the exit code. */
export function exitCodeOf(error: { readonly code: string; readonly blame: Blame }): ExitCode {
  return byCode[error.code] ?? byBlame[error.blame];
}

export const exitCodeByVerdict = {
  pass: exitCodes.ok,
  fail: exitCodes.failed,
  unknown: exitCodes.unknown,
} as const;
