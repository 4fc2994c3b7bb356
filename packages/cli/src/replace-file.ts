import { randomUUID } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { messageOf } from "@hotfire/base";
import { CliError } from "./cli-error.ts";

/**
 * Writes a file's new text, a character a byte, beside it and renames it into its place: at no moment is half of it there. The mode
 * stays; of a symbolic link the file behind it is replaced.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  let beside: string | undefined;
  try {
    const target = await realpath(path);
    const { mode } = await stat(target);
    beside = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}`);
    await writeThrough(beside, text, mode);
    await rename(beside, target);
  } catch (error) {
    if (beside !== undefined) await rm(beside, { force: true });
    const reason = messageOf(error);
    throw new CliError("FILE_UNWRITABLE", `${path} cannot be written: ${reason}`, { cause: error });
  }
}

async function writeThrough(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text, "latin1");
    // open's mode is cut by the umask.
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}
