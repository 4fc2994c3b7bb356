import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Context } from "../context.ts";
import { findRun } from "../drills/run-folders.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";

const report = "report.html";

export async function drillOpen(context: Context, folder: string | undefined): Promise<ExitCode> {
  const path = join(await findRun(folder, report), report);
  const command = openCommand(process.platform, process.env, path);
  const isOpen = command !== undefined && (await launch(command));
  context.print(path);
  if (!isOpen) context.say("There is no display to open it on: open this file in a browser.");
  return exitCodes.ok;
}

/** What opens a file on this desktop; undefined without one. */
export function openCommand(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  path: string,
): readonly [string, ...string[]] | undefined {
  if (platform === "darwin") return ["open", path];
  // The first quoted word would be taken for a window's title.
  if (platform === "win32") return ["cmd", "/c", "start", "", path];
  return env["DISPLAY"] || env["WAYLAND_DISPLAY"] ? ["xdg-open", path] : undefined;
}

/** Whether it could be started; what becomes of it is the desktop's business. */
async function launch([program, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  const child = spawn(program, args, { detached: true, stdio: "ignore" });
  try {
    await once(child, "spawn");
    child.unref();
    return true;
  } catch {
    return false;
  }
}
