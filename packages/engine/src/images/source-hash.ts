import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Folders of `docker/` that go into every image of RocketMQ's. */
const sharedFolders = ["build", "jars", "launcher", "probe", "runtime"].map((folder) => `docker/${folder}`);
/** Images that are built from other sources than their own folder and the shared ones. */
const ownSources: Readonly<Record<string, readonly string[]>> = {
  fault: [],
  // Its bundle holds what it imports.
  console: [
    "packages/console",
    ...["base", "config", "judge", "remoting", "topology"].map((name) => `packages/${name}/src`),
  ],
};
const skipped = /(^|\/)(node_modules|dist)\/|\.test\.tsx?$/;

/** Hash of everything that an image is built from: its own folder and those that it shares, names and contents. */
export async function sourceHash(root: string, image: string): Promise<string> {
  const hash = createHash("sha256");
  for (const folder of [`docker/${image}`, ...(ownSources[image] ?? sharedFolders)]) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !skipped.test(file.slice(root.length)));
    for (const file of files.sort()) {
      const content = await readFile(file);
      hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest("hex").slice(0, 16);
}
