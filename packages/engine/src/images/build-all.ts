import { rocketmqVersion } from "@hotfire/topology";
import type { DockerClient } from "../docker/docker-client.ts";
import type { EventListener } from "../events/engine-event.ts";
import { Progress } from "../events/progress.ts";
import { ensureImages } from "./ensure-images.ts";
import type { ImageState } from "./images.ts";

export interface ImagesOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: EventListener;
}

/** Builds every image of this checkout that is missing or outdated; tells what each was before. */
export function buildImages(
  docker: DockerClient,
  options: ImagesOptions = {},
): Promise<readonly ImageState[]> {
  const references = ["namesrv", "broker", "fault", "console"].map(
    (folder) => `hotfire/${folder}:${rocketmqVersion}`,
  );
  return ensureImages(docker, references, new Progress(options.onEvent), options);
}
