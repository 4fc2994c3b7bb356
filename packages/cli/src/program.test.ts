import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { workloadKinds as drillKinds } from "@hotfire/drill";
import { failoverProfiles, presetNames } from "@hotfire/topology";
import { describe, expect, it } from "vitest";
import { failovers, parseDuration, presets, shells, workloadKinds } from "./commands/common.ts";
import { completionScript } from "./completion/completion-script.ts";
import { describeCommands } from "./completion/describe-commands.ts";
import { createProgram } from "./program.ts";

/** Prints the address of every module as it is loaded. */
const telling = `
  import { registerHooks } from "node:module";
  registerHooks({ load: (url, context, next) => (process.stderr.write(url + "\\n"), next(url, context)) });
`;
const program = createProgram(async () => {});

describe("the command line", () => {
  it("offers the presets and failover profiles that there are", () => {
    expect([...presets]).toEqual([...presetNames]);
    expect([...failovers]).toEqual([...failoverProfiles]);
    expect([...workloadKinds]).toEqual([...drillKinds]);
  });

  it("prints help without loading another package of ours", async () => {
    const { stderr } = await promisify(execFile)(process.execPath, [
      "--import",
      `data:text/javascript,${encodeURIComponent(telling)}`,
      join(import.meta.dirname, "main.ts"),
      "--help",
    ]);
    const loaded = stderr.split("\n").filter((line) => line.includes("/packages/"));
    expect(loaded.length).toBeGreaterThan(10);
    expect(loaded.filter((url) => !url.includes("/packages/cli/"))).toEqual([]);
  });

  it("explains every command with an example", () => {
    for (const command of program.commands) {
      let help = "";
      command.configureOutput({ writeOut: (text) => (help += text) });
      command.outputHelp();
      expect(help, command.name()).toContain("Examples:");
      expect(help, command.name()).toContain(`hotfire ${command.name()}`);
      expect(command.summary(), command.name()).not.toBe("");
    }
  });

  it.each([
    [["statsu"], "Did you mean status?"],
    [["up", "--nmae", "x"], "Did you mean --name?"],
    [["up", "--deadline", "soon"], "A duration is a number with a unit"],
    [["completion", "tcsh"], "bash, zsh, fish"],
    [["node", "kill"], "missing required argument"],
    [["init", "dleger"], "dledger"],
  ])("refuses %j and says why", async (args, message) => {
    const fresh = createProgram(async () => {});
    let said = "";
    for (const command of [fresh, ...fresh.commands, ...fresh.commands.flatMap(({ commands }) => commands)]) {
      command.configureOutput({ writeErr: (text) => (said += text) });
    }
    await expect(fresh.parseAsync(args, { from: "user" })).rejects.toThrow();
    expect(said).toContain(message);
  });

  it.each([
    ["90s", 90_000],
    ["500ms", 500],
    ["5m", 300_000],
    ["2h", 7_200_000],
    ["1.5s", 1500],
    ["120", 120_000],
  ])("reads the duration %s", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});

describe("completion", () => {
  it.each(shells)("for %s knows every command and its options", (shell) => {
    const script = completionScript(shell, describeCommands(program));
    for (const command of program.commands) expect(script).toContain(command.name());
    expect(script).toContain(shell === "fish" ? "-l port-offset" : "--port-offset");
    expect(script).toContain("master-slave-sync");
  });

  it.each(shells)("for %s knows the drills where one is named", (shell) => {
    const lines = completionScript(shell, describeCommands(program, ["writer-kill"])).split("\n");
    const naming = lines.filter((line) => line.includes("writer-kill"));
    expect(naming.length).toBeGreaterThan(0);
    for (const line of naming) expect(line).toMatch(/\brun\b|\blist\b/);
  });
});
