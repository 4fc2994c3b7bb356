import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf } from "@hotfire/base";
import { CliError } from "../cli-error.ts";

/** Writes files with the folders that they need, over what is there. Gives their paths. */
export async function writeFiles(
  files: readonly (readonly [path: string, text: string])[],
): Promise<readonly string[]> {
  for (const [path, text] of files) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    } catch (error) {
      const reason = messageOf(error);
      throw new CliError("FILE_UNWRITABLE", `${path} cannot be written: ${reason}`, { cause: error });
    }
  }
  return files.map(([path]) => path);
}
