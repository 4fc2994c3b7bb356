import { chaosDrill } from "@hotfire/drill";
import type { Context } from "../context.ts";
import { type RunOneOptions, runOne } from "../drills/run-one.ts";
import type { ExitCode } from "../exit-codes.ts";

interface ChaosOptions extends RunOneOptions {
  /** Milliseconds. */
  readonly for: number;
  readonly overlapping?: true | undefined;
}

export async function chaos(context: Context, options: ChaosOptions): Promise<ExitCode> {
  const overlapping = options.overlapping === true;
  const drill = chaosDrill({ forMs: options.for, overlapping });
  const words = ["chaos", "--for", durationText(options.for), ...(overlapping ? ["--overlapping"] : [])];
  return runOne(context, drill, words, options);
}

/** `5m`, `90s`, `1500ms`: as it can be given again. */
export function durationText(ms: number): string {
  if (ms % 60_000 === 0) return `${ms / 60_000}m`;
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
