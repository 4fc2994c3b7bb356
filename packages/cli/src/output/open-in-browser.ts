import { spawn } from "node:child_process";
import { once } from "node:events";

/** Opens a file or an address on this desktop; false without one. */
export async function openInBrowser(target: string): Promise<boolean> {
  const command = openCommand(process.platform, process.env, target);
  return command !== undefined && launch(command);
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
