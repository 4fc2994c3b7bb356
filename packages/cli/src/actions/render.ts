import { planCluster, renderCompose } from "@hotfire/topology";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readSpec, type SpecOptions } from "../spec-source.ts";
import { writeOut } from "./init.ts";

export async function render(
  context: Context,
  source: string | undefined,
  options: SpecOptions & { readonly output: string },
): Promise<ExitCode> {
  const plan = planCluster(await readSpec(source, options));
  for (const { message, hint } of plan.warnings)
    context.say(`warning: ${message}${hint === undefined ? "" : ` ${hint}`}`);
  if (options.output === "-") {
    context.print(renderCompose(plan).trimEnd());
    return exitCodes.ok;
  }
  // Generated, and generated again whenever the spec changes: writing over it is the point.
  await writeOut(options.output, renderCompose(plan, { path: options.output }), true);
  context.say(`Wrote ${options.output}. Start it: docker compose -f ${options.output} up --wait`);
  return exitCodes.ok;
}
