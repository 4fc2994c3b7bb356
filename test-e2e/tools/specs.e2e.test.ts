/**
 * @module-tag quick
 * Specs and Compose files from the command line.
 */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { presetNames } from "@hotfire/topology";
import { describe, expect, it } from "vitest";
import { hotfire } from "../support/hotfire.ts";
import { projectRoot } from "../support/names.ts";
import { run, succeeded } from "../support/run.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("render", () => {
  it.each(presetNames)("of %s writes what is checked in", async (preset) => {
    await using folder = await tempFolder();
    await mkdir(join(folder.path, "compose"));
    const file = `compose/${preset}.yaml`;
    succeeded(await hotfire(["render", preset, "--output", file], { cwd: folder.path }));
    expect(await readFile(join(folder.path, file), "utf8")).toBe(
      await readFile(join(projectRoot, file), "utf8"),
    );
  });

  it("writes what Docker Compose accepts, with every option", async () => {
    const options = ["--name", "blue", "--proxy", "--port-offset", "1000", "--memory", "broker=700m"];
    const rendered = succeeded(await hotfire(["render", "controller", ...options]));
    const compose = await run("docker", ["compose", "--file", "-", "config", "--services"], {
      input: rendered.stdout,
    });
    expect(succeeded(compose).stdout.trim().split("\n").sort()).toEqual([
      ...["broker-a-0", "broker-a-1", "broker-a-2", "console"],
      ...["controller-0", "controller-1", "controller-2"],
      ...["namesrv-0", "namesrv-1", "proxy-0"],
    ]);
  });
});

describe("init", () => {
  it.each(presetNames)("of %s writes a commented spec that renders like the preset", async (preset) => {
    const spec = succeeded(await hotfire(["init", preset, "--output", "-"])).stdout;
    expect(spec).toContain("\n# ");
    const [fromSpec, fromPreset] = await Promise.all([
      hotfire(["render", "-"], { input: spec }),
      hotfire(["render", preset]),
    ]);
    expect(succeeded(fromSpec).stdout).toBe(succeeded(fromPreset).stdout);
  });

  it("does not write over a file", async () => {
    await using folder = await tempFolder();
    succeeded(await hotfire(["init", "dledger"], { cwd: folder.path }));
    const again = await hotfire(["init", "controller"], { cwd: folder.path });
    expect(again.code).toBe(3);
    expect(again.stderr).toContain("[FILE_EXISTS]");
    expect(await readFile(join(folder.path, "hotfire.yaml"), "utf8")).toContain("mode: dledger");
  });
});
