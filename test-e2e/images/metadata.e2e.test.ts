/**
 * @module-tag quick
 * What the images say of themselves.
 */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { images } from "../support/container.ts";
import { docker } from "../support/docker.ts";

const schema = z.array(
  z.object({
    Size: z.number(),
    Config: z.object({ User: z.string(), Labels: z.record(z.string(), z.string()) }),
    RootFS: z.object({ Layers: z.array(z.string()) }),
  }),
);

async function imageOf(reference: string) {
  const [image] = schema.parse(JSON.parse(await docker(["image", "inspect", reference])));
  if (image === undefined) throw new Error(`no image ${reference}`);
  return image;
}

const megabyte = 1_000_000;

describe("the images", () => {
  it.each([
    ["broker", 200],
    ["namesrv", 160],
  ] as const)("%s has at most %i MB", async (image, most) => {
    expect((await imageOf(images[image])).Size).toBeLessThanOrEqual(most * megabyte);
  });

  it("share the layers of base, Java and common jars", async () => {
    const [broker, namesrv] = [await imageOf(images.broker), await imageOf(images.namesrv)];
    const differing = namesrv.RootFS.Layers.findIndex(
      (layer, index) => layer !== broker.RootFS.Layers[index],
    );
    expect(differing).toBeGreaterThanOrEqual(4);
  });

  it.each(["broker", "namesrv"] as const)("%s says what it is and runs as a fixed user", async (image) => {
    const { Labels, User } = (await imageOf(images[image])).Config;
    expect(Labels).toMatchObject({
      "org.opencontainers.image.title": expect.stringMatching(/\S/),
      "org.opencontainers.image.description": expect.stringMatching(/Apache RocketMQ/),
      "org.opencontainers.image.version": "5.5.0",
      "org.opencontainers.image.licenses": "Apache-2.0",
    });
    expect(User).toBe("3000:3000");
  });
});
