import { rocketmqVersion } from "@hotfire/topology";
import type { DockerClient } from "../docker/docker-client.ts";
import { type BuildOptions, buildImage, ensureBaseImage, inspectImages } from "../images/images.ts";

/** The helper that network and disk faults run in. */
export const faultImage: string = `hotfire/fault:${rocketmqVersion}`;

/** Builds the faults' helper image when it is missing or outdated; tells whether it did. */
export async function ensureFaultImage(docker: DockerClient, options: BuildOptions = {}): Promise<boolean> {
  const stale = (await inspectImages(docker, [faultImage])).filter(({ state }) => state !== "current");
  for (const image of stale) {
    await ensureBaseImage(docker, options);
    await buildImage(image, options);
  }
  return stale.length > 0;
}
