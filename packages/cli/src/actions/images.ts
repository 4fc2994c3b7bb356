import { buildImages, connect } from "@hotfire/engine";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { showProgress } from "../output/progress-view.ts";

export async function images(context: Context): Promise<ExitCode> {
  const docker = await connect();
  const view = await showProgress(context, "document");
  try {
    const states = await buildImages(docker, { signal: context.signal, onEvent: view.onEvent });
    if (context.json)
      printJson(
        context,
        states.map(({ reference, source, state }) => ({ reference, source, before: state })),
      );
  } finally {
    view.end();
  }
  return exitCodes.ok;
}
