import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { claimCluster } from "./claim.ts";
import { labelled } from "./docker.ts";
import { type RunResult, run, succeeded } from "./run.ts";
import { tempFolder } from "./temp-folder.ts";

export interface ComposeProject extends AsyncDisposable {
  compose(...args: readonly string[]): Promise<RunResult>;
}

/** A checked-in Compose file, copied away so that nothing of the project is beside it. Its name and ports are fixed. */
export async function composeProject(file: string, cluster: string): Promise<ComposeProject> {
  const claim = await claimCluster(cluster);
  const folder = await tempFolder();
  const copy = join(folder.path, basename(file));
  await copyFile(file, copy);
  const compose = async (...args: readonly string[]) =>
    succeeded(await run("docker", ["compose", "--file", copy, ...args], { cwd: folder.path }));
  return {
    compose,
    async [Symbol.asyncDispose]() {
      if ((await labelled(`io.hotfire.cluster=${cluster}`)).length > 0)
        await compose("down", "--volumes", "--timeout", "0");
      await folder[Symbol.asyncDispose]();
      await claim[Symbol.asyncDispose]();
    },
  };
}
