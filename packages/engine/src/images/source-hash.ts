import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Folders of `docker/` that go into every image of RocketMQ's. */
const sharedFolders = ["build", "jars", "launcher", "probe", "runtime"];
/** Images that are built from their own folder alone. */
const standalone: readonly string[] = ["fault"];

/** Hash of everything that an image is built from: its own folder and those that it shares, names and contents. */
export async function sourceHash(dockerFolder: string, image: string): Promise<string> {
  const hash = createHash("sha256");
  for (const folder of [image, ...(standalone.includes(image) ? [] : sharedFolders)]) {
    const entries = await readdir(join(dockerFolder, folder), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) {
      const content = await readFile(file);
      hash.update(`${file.slice(dockerFolder.length)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest("hex").slice(0, 16);
}
