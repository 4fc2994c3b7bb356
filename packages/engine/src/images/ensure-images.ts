import type { DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import type { Progress } from "../events/progress.ts";
import { buildImage, ensureBaseImage, type ImageState, inspectImages } from "./images.ts";

export interface EnsureOptions {
  readonly signal?: AbortSignal;
  /** Default true. When false, a missing image is an error and an outdated one is used. */
  readonly build?: boolean;
}

/** Builds what the engine lacks, or what was built from other sources than this checkout's. */
export async function ensureImages(
  docker: DockerClient,
  references: readonly string[],
  progress: Progress,
  options: EnsureOptions = {},
): Promise<readonly ImageState[]> {
  const images = await inspectImages(docker, references);
  const stale = images.filter(({ state }) => state !== "current");
  if (options.build === false) {
    const missing = images.filter(({ state }) => state === "missing").map(({ reference }) => reference);
    if (missing.length > 0) {
      throw new EngineError("IMAGE_MISSING", `The engine does not have ${missing.join(" and ")}.`, {
        hint: "Build it with hotfire images, or leave --no-build out.",
      });
    }
    if (stale.length > 0) {
      const names = stale.map(({ reference }) => reference).join(" and ");
      progress.note(
        "warning",
        `${names} ${stale.length === 1 ? "was" : "were"} built from other sources than these.`,
        {
          hint: "Build it: hotfire images",
        },
      );
    }
    return images;
  }
  if (stale.length === 0) {
    await progress.step("images", "Images", async () => ({
      value: undefined,
      summary: `${images.map(({ reference }) => reference).join(", ")} are up to date`,
      skipped: true,
    }));
    return images;
  }
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  await progress.step("base-image", "Base image", async (step) => {
    const made = await ensureBaseImage(docker, {
      ...signal,
      onProgress: (message) => step.progress(message),
    });
    return { value: undefined, summary: made ? "fetched" : "is there", skipped: !made };
  });
  await progress.step("images", "Build the images", async (step) => {
    // At once: BuildKit does what they share only once.
    await Promise.all(
      stale.map((image) => buildImage(image, { ...signal, onProgress: (message) => step.progress(message) })),
    );
    return { value: undefined, summary: stale.map(({ reference }) => reference).join(", ") };
  });
  return images;
}
