import { setTimeout as sleep } from "node:timers/promises";
import { type ClusterStatus, chooseCluster, connect, readStatus } from "@hotfire/engine/status";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { renderStatus } from "../output/render-status.ts";

const watchMs = 1000;

export async function status(
  context: Context,
  name: string | undefined,
  options: { readonly watch?: true | undefined },
): Promise<ExitCode> {
  const docker = await connect();
  const read = async () => readStatus(docker, await chooseCluster(docker, name));
  if (options.watch === true) return watch(context, read);
  const found = await read();
  if (context.json) printJson(context, found);
  else context.print(renderStatus(found, context.style, context.width));
  return found.state === "ready" ? exitCodes.ok : exitCodes.failed;
}

async function watch(context: Context, read: () => Promise<ClusterStatus>): Promise<ExitCode> {
  const inPlace = context.width !== undefined && !context.json;
  const { createLogUpdate } = inPlace ? await import("log-update") : { createLogUpdate: undefined };
  const draw = createLogUpdate?.(process.stdout);
  try {
    while (!context.signal.aborted) {
      const found = await read();
      if (context.json) context.print(JSON.stringify(found));
      else {
        const width = process.stdout.columns;
        const text = `${renderStatus(found, context.style, width)}\n\n${context.style.dim(`asked in ${found.tookMs} ms; Ctrl-C ends it`)}`;
        if (draw) draw(text);
        else context.print(text);
      }
      await sleep(watchMs, undefined, { signal: context.signal }).catch(() => {});
    }
  } finally {
    draw?.done();
  }
  return exitCodes.interrupted;
}
