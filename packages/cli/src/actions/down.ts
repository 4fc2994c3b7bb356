import { plural } from "@hotfire/base";
import { chooseCluster, connect, type DownResult, findClusters, down as takeDown } from "@hotfire/engine";
import { CliError } from "../cli-error.ts";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { formatSeconds } from "../output/format.ts";
import { showProgress } from "../output/progress-view.ts";

interface DownOptions {
  readonly all?: true | undefined;
  readonly keepVolumes?: true | undefined;
  readonly now?: true | undefined;
}

export async function down(
  context: Context,
  names: readonly string[],
  options: DownOptions,
): Promise<ExitCode> {
  if (options.all === true && names.length > 0) {
    throw new CliError("ARGUMENT_INVALID", "--all and names of clusters exclude each other.", {
      hint: "Leave one of them out.",
    });
  }
  const docker = await connect();
  const clusters =
    options.all === true
      ? await findClusters(docker)
      : await Promise.all(
          (names.length === 0 ? [undefined] : names).map((name) => chooseCluster(docker, name)),
        );
  const view = await showProgress(context, "document");
  let results: DownResult[];
  try {
    const settings = {
      keepVolumes: options.keepVolumes === true,
      now: options.now === true,
      onEvent: view.onEvent,
    };
    results = await Promise.all(clusters.map((cluster) => takeDown(docker, cluster, settings)));
  } finally {
    view.end();
  }
  if (context.json) printJson(context, results);
  else
    context.say(results.length === 0 ? "There is no cluster to remove." : results.map(describe).join("\n"));
  return exitCodes.ok;
}

function describe(result: DownResult): string {
  const removed = [
    plural(result.containers, "container"),
    plural(result.networks, "network"),
    plural(result.volumes, "volume"),
  ];
  const kept =
    result.keptVolumes.length === 0
      ? ""
      : ` Kept ${plural(result.keptVolumes.length, "volume")}: the next hotfire up finds the messages.`;
  const killed =
    result.killed.length === 0
      ? ""
      : ` Killed because they did not stop in time: ${result.killed.join(", ")}.`;
  return `${result.cluster} is gone: ${removed.join(", ")} in ${formatSeconds(result.tookMs)}.${kept}${killed}`;
}
