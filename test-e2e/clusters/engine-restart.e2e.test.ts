/**
 * @module-tag full
 * A second engine of its own, with images loaded into it, takes minutes; the restart policy is Docker's.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { images } from "../support/container.ts";
import { jsonOf } from "../support/hotfire.ts";
import { projectRoot, specFile } from "../support/names.ts";
import { startOwnEngine } from "../support/own-engine.ts";
import { succeeded } from "../support/run.ts";
import { statusSchema, verificationSchema } from "../support/schemas.ts";
import { until } from "../support/until.ts";

const hotfire = join(projectRoot, "hotfire");

describe("an engine that restarts", () => {
  it("brings its clusters back, whole and with their messages", async ({ skip }) => {
    skip(
      process.getuid?.() !== 0 || !existsSync("/usr/sbin/dockerd"),
      "a second engine needs root and dockerd",
    );
    await using engine = await startOwnEngine(Object.values(images));
    const name = "survivor";
    const up = ["up", specFile("smallest"), "--name", name, "--no-build", "--json"];
    succeeded(await engine.run(hotfire, up));
    const stored = await nextOffset();
    await engine.restart();
    await until(
      "the cluster is ready again",
      async () => statusOf(await engine.run(hotfire, ["status", name, "--json"])) === "ready",
      { deadlineMs: 120_000, everyMs: 1000 },
    );
    expect(await nextOffset()).toBeGreaterThan(stored);

    /** Verifies, which stores a message, and gives that message's place in its queue. */
    async function nextOffset(): Promise<number> {
      const said = await engine.run(hotfire, ["verify", name, "--json"]);
      expect(verificationSchema.parse(jsonOf(said)), said.stdout).toMatchObject({ verdict: "pass" });
      return Number(/at queue offset (\d+)/.exec(said.stdout)?.[1]);
    }
  });
});

function statusOf(said: Parameters<typeof jsonOf>[0]): string {
  return statusSchema.parse(jsonOf(said)).state;
}
