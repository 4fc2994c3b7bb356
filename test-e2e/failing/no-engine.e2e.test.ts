/**
 * @module-tag quick
 * What a new user meets first.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/failure.ts";
import { projectRoot } from "../support/names.ts";
import { run } from "../support/run.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("without an engine", () => {
  it.each([["ls"], ["up", "dledger"], ["down", "x"], ["status", "x"]])(
    "%s says so and how to get one",
    async (...args) => {
      await using folder = await tempFolder();
      const socket = join(folder.path, "docker.sock");
      const failure = await failureOf(args, { env: { DOCKER_HOST: `unix://${socket}` } });
      expect(failure).toMatchObject({ exitCode: 4, code: "ENGINE_UNREACHABLE", blame: "engine" });
      expect(failure.message).toContain(socket);
      expect(failure.hint).toContain("make setup");
    },
  );

  it("doctor still answers, with the fix", async () => {
    await using folder = await tempFolder();
    const env = { DOCKER_HOST: `unix://${join(folder.path, "docker.sock")}` };
    const result = await run(join(projectRoot, "hotfire"), ["doctor"], { env });
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/Docker Engine[\s\S]*make setup/);
  });
});

/** The program is read by another user: a checkout made with umask 077 cannot show this. */
const isReadable = (statSync(projectRoot).mode & 0o5) === 0o5;

describe("without permission on the engine's socket", () => {
  it.runIf(isReadable)("ls says so and how to get it (in a checkout that others may read)", async () => {
    const socket = "/var/run/docker.sock";
    // The checkout appears in a folder that every user may enter: it may be in a home of mode 0700.
    const checkout = "/checkout";
    const folders = [`${socket}:${socket}`, `${projectRoot}:${checkout}:ro`].flatMap((volume) => [
      "-v",
      volume,
    ]);
    const container = ["run", "--rm", "--user", "65534:65534", ...folders, "debian:trixie-slim"];
    const result = await run("docker", [...container, `${checkout}/hotfire`, "ls"]);
    expect(result.code).toBe(4);
    expect(result.stderr).toContain("[ENGINE_PERMISSION]");
    expect(result.stderr).toMatch(/usermod -aG docker|sudo/);
  });
});
