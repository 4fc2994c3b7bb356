import { describe, expect, it } from "vitest";
import { createProgram } from "../program.ts";

/** What an action would be given; the action itself is not run. */
async function parse(...args: string[]): Promise<unknown> {
  let seen: unknown;
  const program = createProgram(async (options) => {
    seen = options;
  });
  await program.parseAsync(args, { from: "user" });
  return seen;
}

async function refuse(...args: string[]): Promise<string> {
  const program = createProgram(async () => {});
  let said = "";
  const all = [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)];
  for (const command of all) command.configureOutput({ writeErr: (text) => (said += text) });
  await expect(program.parseAsync(args, { from: "user" })).rejects.toThrow();
  return said;
}

describe("options of a drill", () => {
  it("are read", async () => {
    const options = await parse(
      ..."drill run writer-kill --on controller --seed 4711 --limit rto=2s --limit lost=0 --out /tmp/x".split(
        " ",
      ),
      ..."--rate 100 --size 512 --client java --client-settings quick --workload plain,fifo --workload delay,fifo --keep --no-build --json".split(
        " ",
      ),
    );
    expect(options).toEqual({
      on: "controller",
      seed: 4711,
      limit: ["rto=2s", "lost=0"],
      out: "/tmp/x",
      rate: 100,
      size: 512,
      client: "java",
      clientSettings: "quick",
      workload: ["plain", "fifo", "delay"],
      keep: true,
      build: false,
      json: true,
    });
    expect(await parse("drill", "run", "writer-kill")).toEqual({ build: true });
  });

  it("of a matrix are lists", async () => {
    expect(
      await parse("drill", "matrix", "--modes", "dledger,controller", "--modes", "single-master"),
    ).toEqual({
      modes: ["dledger", "controller", "single-master"],
      build: true,
    });
  });

  it("of chaos have a duration", async () => {
    expect(await parse("chaos", "--for", "5m", "--overlapping")).toEqual({
      for: 300_000,
      overlapping: true,
      build: true,
    });
    expect(await parse("chaos")).toMatchObject({ for: 120_000 });
  });

  it.each([
    [["drill", "run"], "missing required argument"],
    [["drill", "run", "x", "--seed", "-1"], "A seed is a whole number"],
    [["drill", "run", "x", "--rate", "0"], "It takes a number from 1."],
    [["drill", "run", "x", "--client", "go"], "hotfire, java, node-proxy"],
    [["drill", "matrix", "--modes", "a,,b"], "names separated by commas"],
    [["drill", "rnu", "x"], "Did you mean run?"],
    [["chaos", "--for", "soon"], "A duration is a number with a unit"],
  ])("%j are refused", async (args, message) => {
    expect(await refuse(...args)).toContain(message);
  });
});

describe("help", () => {
  it("has an example for every action of a drill", () => {
    const drill = createProgram(async () => {}).commands.find((command) => command.name() === "drill");
    const actions = drill?.commands ?? [];
    expect(actions.map((command) => command.name())).toEqual([
      "list",
      "run",
      "matrix",
      "table",
      "check",
      "open",
    ]);
    for (const command of actions) {
      let help = "";
      command.configureOutput({ writeOut: (text) => (help += text) });
      command.outputHelp();
      expect(help).toContain(`hotfire drill ${command.name()}`);
      expect(help).toContain("Examples:");
    }
  });
});
