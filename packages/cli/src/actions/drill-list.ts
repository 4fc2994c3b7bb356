import { catalogue, type DrillDefinition, findDrill } from "@hotfire/drill";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { renderDrill, renderDrills } from "../output/drill/render-drills.ts";

export async function drillList(context: Context, name: string | undefined): Promise<ExitCode> {
  const drills = name === undefined ? catalogue : [findDrill(name)];
  const [only] = drills;
  if (context.json) printJson(context, drills.map(summarise));
  else if (name !== undefined && only !== undefined) {
    context.print(renderDrill(only, context.style, context.width));
  } else context.print(renderDrills(drills, context.style, context.width));
  return exitCodes.ok;
}

function summarise({ name, title, about, preset, matrix, expect }: DrillDefinition) {
  return {
    name,
    title,
    about,
    preset,
    matrix: matrix !== false,
    modes: Object.entries(expect).map(([mode, { claim, source }]) => ({ mode, claim, source })),
  };
}
