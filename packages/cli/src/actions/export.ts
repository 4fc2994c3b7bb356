import { plural } from "@hotfire/base";
import { chooseCluster, exportCluster as collect, connect } from "@hotfire/engine";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { showProgress } from "../output/progress-view.ts";
import { version } from "../version.ts";

export async function exportCluster(
  context: Context,
  name: string | undefined,
  options: { readonly output?: string | undefined },
): Promise<ExitCode> {
  const docker = await connect();
  const cluster = await chooseCluster(docker, name);
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  const folder = options.output ?? `hotfire-${cluster.name}-${time}`;
  const view = await showProgress(context, "document");
  try {
    const result = await collect(docker, cluster, folder, { onEvent: view.onEvent, version });
    if (context.json) printJson(context, result);
    else {
      for (const problem of result.problems) context.say(`could not be had: ${problem}`);
      context.say(`Wrote ${plural(result.files.length, "file")}. Look through them before you share them.`);
      context.print(result.folder);
    }
  } finally {
    view.end();
  }
  return exitCodes.ok;
}
