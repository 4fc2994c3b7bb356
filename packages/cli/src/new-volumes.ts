import { createInterface } from "node:readline/promises";
import { CliError } from "./cli-error.ts";
import type { Context } from "./context.ts";

/** Nodes whose data `--new-volumes` gives up. On a terminal the cluster's name has to be typed for it. */
export async function confirmNewVolumes(
  context: Context,
  cluster: string,
  nodes: readonly string[],
): Promise<void> {
  if (nodes.length === 0 || context.json || !process.stdin.isTTY || !process.stderr.isTTY) return;
  context.say(
    context.sayStyle.bad(`Everything that ${nodes.join(", ")} of "${cluster}" stored will be removed.`),
  );
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Type ${cluster} to go on: `, { signal: context.signal });
    if (answer.trim() === cluster) return;
  } finally {
    terminal.close();
  }
  throw new CliError("NOT_CONFIRMED", `"${cluster}" was not typed. Nothing was touched.`);
}
