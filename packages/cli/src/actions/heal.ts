import { chooseCluster, connect, findClusters, type HealResult, healCluster } from "@hotfire/engine";
import { CliError } from "../cli-error.ts";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { harmless, type Style } from "../output/style.ts";
import { renderWrappedTable } from "../output/wrapped-table.ts";

export interface Healed extends HealResult {
  readonly cluster: string;
}

export async function heal(
  context: Context,
  name: string | undefined,
  options: { readonly all?: true | undefined },
): Promise<ExitCode> {
  if (options.all === true && name !== undefined) {
    throw new CliError("ARGUMENT_INVALID", "--all and the name of a cluster exclude each other.", {
      hint: "Leave one of them out.",
    });
  }
  const docker = await connect();
  const clusters = options.all === true ? await findClusters(docker) : [await chooseCluster(docker, name)];
  const healed: Healed[] = [];
  for (const { name: cluster } of clusters) {
    const { steps } = await healCluster({
      docker,
      cluster,
      signal: context.signal,
      ...(context.isLive ? { onProgress: context.say } : {}),
    });
    healed.push({ cluster, steps });
  }
  if (context.json) printJson(context, healed);
  else context.print(renderHealed(healed, context.style, context.width));
  return exitCodes.ok;
}

/** What was repaired, node by node. */
export function renderHealed(healed: readonly Healed[], style: Style, width?: number): string {
  if (healed.length === 0) return "There is no cluster.";
  const rows = healed.flatMap(({ cluster, steps }) => steps.map((step) => ({ cluster, ...step })));
  const whole = healed.filter(({ steps }) => steps.length === 0).map(({ cluster }) => cluster);
  const blocks = [];
  if (rows.length > 0) {
    blocks.push(
      renderWrappedTable(
        [
          { title: "CLUSTER", value: ({ cluster }) => cluster },
          { title: "NODE", value: ({ node }) => node, paint: () => style.bold },
          { title: "REPAIRED", value: ({ did }) => harmless(did) },
          { title: "SEEN NOW", value: ({ seen }) => harmless(seen), paint: () => style.good },
        ],
        rows,
        style,
        width,
      ),
    );
  }
  if (whole.length > 0) blocks.push(`Nothing to heal: ${whole.join(", ")}.`);
  return blocks.join("\n\n");
}
