import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "./names.ts";
import { type RunningProcess, type RunOptions, type RunResult, run, start, succeeded } from "./run.ts";

const command = join(projectRoot, "hotfire");

/** Runs `./hotfire` as a user does, whatever its exit code. */
export function hotfire(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return run(command, args, options);
}

/** The same, still running. */
export function startHotfire(args: readonly string[], options: RunOptions = {}): RunningProcess {
  return start(command, args, options);
}

/** Runs a command that has to succeed and prints JSON, and checks the shape of its last line or whole text. */
export async function hotfireJson<Schema extends z.ZodType>(
  schema: Schema,
  args: readonly string[],
  options: RunOptions = {},
): Promise<z.output<Schema>> {
  return schema.parse(jsonOf(succeeded(await hotfire([...args, "--json"], options))));
}

const parsed = z.json();

/** What a command printed with `--json`: one document, or the last of its lines. */
export function jsonOf(result: RunResult): z.output<typeof parsed> {
  const text = result.stdout.trim();
  const whole = parse(text);
  if (whole !== undefined) return whole;
  const last = parse(text.split("\n").at(-1) ?? "");
  if (last !== undefined) return last;
  throw new Error(`${result.command} printed no JSON:\n${result.stdout}\n${result.stderr}`);
}

function parse(text: string): z.output<typeof parsed> | undefined {
  try {
    return parsed.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
