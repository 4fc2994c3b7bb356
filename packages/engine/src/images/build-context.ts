import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineError } from "../errors/engine-error.ts";
import { run } from "../process/run.ts";
import { projectRoot } from "../project-root.ts";
import type { BuildOptions, ImageState } from "./images.ts";

/** What `docker build` is given: a folder, and the Dockerfile in it. */
export interface BuildContext extends AsyncDisposable {
  readonly folder: string;
  readonly file: string;
}

/** `docker/` as it is; for the console a folder that is made for the build: its bundle, its page, and the Node to run them. */
export async function buildContext(image: ImageState, options: BuildOptions): Promise<BuildContext> {
  if (image.folder !== "console") {
    const folder = join(projectRoot, "docker");
    return { folder, file: join(folder, image.folder, "Dockerfile"), [Symbol.asyncDispose]: async () => {} };
  }
  const folder = await mkdtemp(join(tmpdir(), "hotfire-console-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  options.onProgress?.("console: bundle the server and its page");
  const result = await run(process.execPath, [join(projectRoot, "packages/console/build.ts"), folder], {
    cwd: projectRoot,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (result.code === 0) return { folder, file: join(folder, "Dockerfile"), [Symbol.asyncDispose]: remove };
  await remove();
  throw new EngineError("IMAGE_BUILD_FAILED", `The image ${image.reference} could not be built.`, {
    hint: "Read the last lines; npm packages that are missing come with make setup.",
    evidence: { log: { of: "packages/console/build.ts", lines: result.tail.slice(-20) } },
  });
}
