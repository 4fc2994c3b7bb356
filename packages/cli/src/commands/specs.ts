import { Argument, type Command, Option } from "@commander-js/extra-typings";
import { collect, examples, newVolumes, presets, type Run } from "./common.ts";

export function addInit(program: Command, run: Run): void {
  program
    .command("init")
    .summary("write a spec file to start from, with comments")
    .description("Writes a spec with every key explained.")
    .addArgument(new Argument("[preset]", "preset to start from").choices(presets).default("dledger"))
    .option("-o, --output <file>", "file to write, or - for stdout", "hotfire.yaml")
    .option("--force", "write over an existing file")
    .addHelpText("after", examples("hotfire init controller", "hotfire init dledger -o -"))
    .action((preset, options) =>
      run({}, async (context) => (await import("../actions/init.ts")).init(context, preset, options)),
    );
}

export function addRender(program: Command, run: Run): void {
  program
    .command("render")
    .summary("print the Compose file of a preset or spec")
    .description(
      "Renders one self-contained Compose file, which runs without hotfire. Needs no engine. Refuses a change that data of the " +
        "same cluster, by an earlier file at the same place or on the engine, cannot bear. " +
        "With --format properties it writes RocketMQ's own file of every node instead, for those who run RocketMQ without containers.",
    )
    .argument(
      "[preset|file]",
      "preset, spec file, or - for a spec on stdin (default: ./hotfire.yaml if there is one, else dledger)",
    )
    .addOption(
      new Option("--format <format>", "compose: one file; properties: a folder with a file a node")
        .choices(["compose", "properties"] as const)
        .default("compose" as const),
    )
    .option("-o, --output <file>", "file (or folder) to write, or - for stdout", "-")
    .option("--name <name>", "name of the cluster (default: the spec's)")
    .option("--port-offset <n>", "add n to every port on the host")
    .option("--proxy", "add a gRPC proxy, for RocketMQ 5 clients")
    .option("--advertise <address>", "address of this host that brokers give to clients elsewhere")
    .option("--bind <address>", "host address that ports are published on")
    .option("--memory <kind=size>", "memory limit, e.g. broker=768m; may be repeated", collect)
    .addOption(newVolumes())
    .addHelpText(
      "after",
      examples(
        "hotfire render dledger > compose.yaml",
        "hotfire render cluster.yaml -o compose.yaml",
        "hotfire render cluster.yaml --format properties -o conf",
      ),
    )
    .action((source, options) =>
      run({}, async (context) => (await import("../actions/render.ts")).render(context, source, options)),
    );
}
