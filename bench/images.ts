import { docker } from "../test-e2e/support/docker.ts";
import type { Bench } from "./bench.ts";
import { round } from "./statistics.ts";

const images = ["hotfire/namesrv:5.5.0", "hotfire/broker:5.5.0"];

export const imagesBench: Bench = {
  name: "images",
  about: "size of the images, shared layers included",
  async run(say) {
    const sizes: Record<string, number> = {};
    for (const image of images) {
      const bytes = Number(await docker(["image", "inspect", "--format", "{{.Size}}", image]));
      sizes[image] = bytes;
      say(`${image.padEnd(24)} ${round(bytes / 1e6)} MB`);
    }
    return sizes;
  },
};
