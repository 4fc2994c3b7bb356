import type { z } from "zod";
import { hotfire, jsonOf } from "./hotfire.ts";
import type { RunOptions } from "./run.ts";
import { errorSchema } from "./schemas.ts";

export type Failure = z.output<typeof errorSchema>["error"] & { readonly exitCode: number | null };

/** Runs a command that has to fail, and gives its exit code with the error that it printed for programs. */
export async function failureOf(args: readonly string[], options: RunOptions = {}): Promise<Failure> {
  const result = await hotfire([...args, "--json"], options);
  return { ...errorSchema.parse(jsonOf(result)).error, exitCode: result.code };
}
