import { type Command, Option } from "@commander-js/extra-typings";
import {
  clusterArgument,
  collect,
  examples,
  json,
  newVolumes,
  parseDuration,
  presets,
  type Run,
} from "./common.ts";

export function addUp(program: Command, run: Run): void {
  program
    .command("up")
    .summary("start a cluster and wait until it is ready")
    .description(
      "Starts a cluster from a preset or a spec file and waits until it is ready: every broker registered at every name " +
        "server in its role, and a message through every broker group. What runs already is kept; what the spec changed is " +
        "recreated; a change that the stored data cannot bear is refused. Images are built when they are missing or their sources changed.",
    )
    .argument(
      "[preset|file]",
      "preset, spec file, or - for a spec on stdin (default: ./hotfire.yaml if there is one, else dledger)",
    )
    .option("--name <name>", "name of the cluster (default: the spec's)")
    .option("--port-offset <n|auto>", "add n to every port on the host; auto looks for a free range")
    .option("--proxy", "add a gRPC proxy, for RocketMQ 5 clients")
    .option("--advertise <address>", "address of this host that brokers give to clients elsewhere")
    .option("--bind <address>", "host address that ports are published on (default: the spec's, 127.0.0.1)")
    .option("--memory <kind=size>", "memory limit, e.g. broker=768m,namesrv=200m; may be repeated", collect)
    .addOption(
      new Option("--deadline <duration>", "how long it may take to become ready, e.g. 90s or 5m")
        .argParser(parseDuration)
        .default(120_000, "120s"),
    )
    .option("--no-build", "never build images")
    .addOption(newVolumes())
    .addOption(json())
    .addHelpText(
      "after",
      `\nPresets: ${presets.join(", ")}\n` +
        examples(
          "hotfire up dledger",
          "hotfire up controller --name blue --port-offset auto",
          "hotfire up cluster.yaml --proxy",
          "hotfire init dledger -o - | hotfire up - --json",
        ),
    )
    .action((source, options) =>
      run(options, async (context) => (await import("../actions/up.ts")).up(context, source, options)),
    );
}

export function addDown(program: Command, run: Run): void {
  program
    .command("down")
    .summary("stop and remove clusters, their volumes included")
    .description(
      "Stops clusters gracefully and removes their containers, networks and volumes, found by label.",
    )
    .argument("[name...]", "names of clusters; may be left out when there is only one")
    .option("--all", "every cluster on this engine")
    .option("--keep-volumes", "keep the messages: the next up finds them")
    .option("--now", "kill instead of a graceful stop")
    .addOption(json())
    .addHelpText("after", examples("hotfire down", "hotfire down blue green", "hotfire down --all --now"))
    .action((names, options) =>
      run(options, async (context) => (await import("../actions/down.ts")).down(context, names, options)),
    );
}

export function addList(program: Command, run: Run): void {
  program
    .command("ls")
    .summary("list the clusters on this engine")
    .description("Lists every cluster that the engine holds anything of, found by label.")
    .addOption(json())
    .addHelpText("after", examples("hotfire ls", "hotfire ls --json | jq -r '.[].cluster'"))
    .action((options) => run(options, async (context) => (await import("../actions/list.ts")).list(context)));
}

export function addStatus(program: Command, run: Run): void {
  program
    .command("status")
    .summary("show roles, addresses, replication and memory")
    .description("Shows the truth about a cluster, from its containers and over RocketMQ's protocol.")
    .argument("[name]", clusterArgument)
    .option("-w, --watch", "show it again and again until Ctrl-C")
    .addOption(json())
    .addHelpText(
      "after",
      examples("hotfire status", "hotfire status blue --watch", "hotfire status --json | jq .client.namesrv"),
    )
    .action((name, options) =>
      run(options, async (context) => (await import("../actions/status.ts")).status(context, name, options)),
    );
}

export function addVerify(program: Command, run: Run): void {
  program
    .command("verify")
    .summary("prove what the mode promises, claim by claim")
    .description(
      "Checks every claim of the cluster's mode and prints it with its evidence. Messages are sent to the topic " +
        "hotfire-verify, which stays. Exits with 1 when a claim fails and with 2 when one cannot be decided.",
    )
    .argument("[name]", clusterArgument)
    .addOption(json())
    .addHelpText("after", examples("hotfire verify", "hotfire verify blue --json"))
    .action((name, options) =>
      run(options, async (context) => (await import("../actions/verify.ts")).verify(context, name)),
    );
}
