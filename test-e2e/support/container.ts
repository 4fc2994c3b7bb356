import { docker } from "./docker.ts";
import { clusterName } from "./names.ts";
import { type RunResult, run } from "./run.ts";

export const images = { namesrv: "hotfire/namesrv:5.5.0", broker: "hotfire/broker:5.5.0" } as const;

export interface TestContainer extends AsyncDisposable {
  readonly name: string;
  logs(): Promise<string>;
}

/** One container of an image by `docker run`, as somebody does who uses nothing else of this project. */
export async function startContainer(
  purpose: string,
  image: string,
  options: readonly string[] = [],
  command: readonly string[] = [],
): Promise<TestContainer> {
  const name = clusterName(purpose);
  await docker([
    "run",
    "--detach",
    "--name",
    name,
    "--label",
    `io.hotfire.cluster=${name}`,
    ...options,
    image,
    ...command,
  ]);
  return {
    name,
    logs: () => run("docker", ["logs", name]).then(({ stdout, stderr }) => stdout + stderr),
    [Symbol.asyncDispose]: async () => {
      await docker(["container", "rm", "--force", "--volumes", name]);
    },
  };
}

/** Runs an image to its end. */
export function runImage(
  image: string,
  options: readonly string[] = [],
  command: readonly string[] = [],
): Promise<RunResult> {
  return run("docker", ["run", "--rm", ...options, image, ...command], { deadlineMs: 60_000 });
}
