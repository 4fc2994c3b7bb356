import { join } from "node:path";
import type { Context } from "../context.ts";
import { findRun } from "../drills/run-folders.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { openInBrowser } from "../output/open-in-browser.ts";

const report = "report.html";

export async function drillOpen(context: Context, folder: string | undefined): Promise<ExitCode> {
  const path = join(await findRun(folder, report), report);
  const isOpen = await openInBrowser(path);
  context.print(path);
  if (!isOpen) context.say("There is no display to open it on: open this file in a browser.");
  return exitCodes.ok;
}
