import { join } from "node:path";
import { labels } from "@hotfire/topology";
import { runDocker } from "../compose/compose.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import { run } from "../process/run.ts";
import { projectRoot } from "../project-root.ts";
import { buildArguments } from "./build-arguments.ts";
import { buildContext } from "./build-context.ts";
import { buildLine } from "./build-line.ts";
import { sourceHash } from "./source-hash.ts";

const baseImage = "debian:trixie-slim";

export interface ImageState {
  /** `hotfire/broker:5.5.0` */
  readonly reference: string;
  /** Folder under `docker/`. */
  readonly folder: string;
  readonly source: string;
  readonly state: "current" | "missing" | "outdated";
}

/** Compares what the engine has with the sources of this checkout. */
export async function inspectImages(
  docker: DockerClient,
  references: readonly string[],
): Promise<ImageState[]> {
  return Promise.all(
    [...new Set(references)].map(async (reference) => {
      const folder = /^hotfire\/([a-z]+):/.exec(reference)?.[1] ?? "";
      const [image, source] = await Promise.all([
        docker.inspectImage(reference),
        sourceHash(projectRoot, folder),
      ]);
      const state =
        image === undefined ? "missing" : image.labels[labels.source] === source ? "current" : "outdated";
      return { reference, folder, source, state };
    }),
  );
}

export interface BuildOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

/** Builds an image through BuildKit, with the host's certificate authorities as a secret. */
export async function buildImage(image: ImageState, options: BuildOptions = {}): Promise<void> {
  const version = image.reference.split(":")[1] ?? "";
  await using context = await buildContext(image, options);
  const args = [
    "build",
    "--progress=plain",
    ...["--file", context.file, "--tag", image.reference],
    ...["--label", `${labels.source}=${image.source}`],
    ...(await buildArguments(version)),
    context.folder,
  ];
  const result = await runDocker(args, {
    env: { DOCKER_BUILDKIT: "1" },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onLine: (line) => {
      const said = buildLine(image.folder, line);
      if (said !== undefined) options.onProgress?.(said);
    },
  });
  if (result.code === 0) return;
  throw new EngineError("IMAGE_BUILD_FAILED", `The image ${image.reference} could not be built.`, {
    hint: "Read the last lines. Behind a proxy or with mirrors, see APT_MIRROR and MAVEN_MIRROR in docker/README.md.",
    evidence: { log: { of: "docker build", lines: result.tail.slice(-20) } },
  });
}

/** Makes sure of the base image: pulled where a registry answers, made from Debian's packages where none does. */
export async function ensureBaseImage(docker: DockerClient, options: BuildOptions = {}): Promise<boolean> {
  const reference = process.env["BASE_IMAGE"] || baseImage;
  if ((await docker.inspectImage(reference)) !== undefined) return false;
  const result = await run(join(projectRoot, "scripts/setup/base-image.sh"), [reference], {
    cwd: projectRoot,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.onProgress === undefined ? {} : { onLine: options.onProgress }),
  });
  if (result.code === 0) return true;
  throw new EngineError(
    "IMAGE_BUILD_FAILED",
    `The base image ${reference} could be neither pulled nor made.`,
    {
      hint: `Pull it (docker pull ${reference}), or set BASE_IMAGE to a Debian image that the engine has.`,
      evidence: { log: { of: "scripts/setup/base-image.sh", lines: result.tail.slice(-20) } },
    },
  );
}
