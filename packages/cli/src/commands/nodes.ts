import { type Command, Option } from "@commander-js/extra-typings";
import {
  clusterArgument,
  collect,
  examples,
  json,
  newVolumes,
  parseCount,
  parseDuration,
  type Run,
} from "./common.ts";

const nodeActions = [
  ["stop", "stop a node gracefully; a leader or master hands its group over first"],
  ["start", "start a stopped node"],
  ["restart", "stop a node gracefully and start it again; a leader or master hands over first"],
  ["kill", "end a node at once, with SIGKILL; it stays down"],
  ["pause", "freeze a node: it keeps its connections and answers nothing"],
  ["unpause", "let a frozen node go on"],
] as const;

/** Actions that end a process in peace. */
const handsOver: ReadonlySet<string> = new Set(["stop", "restart"]);

export function addNode(program: Command, run: Run): void {
  const node = program
    .command("node")
    .summary("stop, start, restart, kill, pause or unpause a node")
    .description("Acts on one node, named directly or by the role that it has at this moment.")
    .usage("<action> <target> [options]")
    .helpCommand(false)
    .addHelpText(
      "after",
      "\nTargets: a node (broker-a-0, namesrv-1) or GROUP:ROLE (broker-a:leader, broker-b:slave, controller:leader)" +
        examples(
          "hotfire node kill broker-a:leader",
          "hotfire node pause broker-a-1 --cluster blue",
          "hotfire node start broker-a-1",
        ),
    );
  for (const [action, summary] of nodeActions) {
    node
      .command(action)
      .summary(summary)
      .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}. Ends when the effect is there.`)
      .argument("<target>", "node, or GROUP:ROLE")
      .option("-c, --cluster <name>", clusterArgument)
      .addOption(
        new Option("--no-switchover", "do not hand the group over first").hideHelp(!handsOver.has(action)),
      )
      .addOption(json())
      .addHelpText(
        "after",
        examples(`hotfire node ${action} broker-a-0`, `hotfire node ${action} broker-a:master`),
      )
      .action((target, options) =>
        run(options, async (context) =>
          (await import("../actions/node.ts")).node(context, action, target, options),
        ),
      );
  }
}

export function addSwitchover(program: Command, run: Run): void {
  program
    .command("switchover")
    .summary("make another broker the leader or master, on purpose")
    .description(
      "Hands a group's writes over to another broker while both are alive (modes dledger and controller). Ends when the new one takes writes.",
    )
    .argument("[target]", "the broker that takes over, or a group: then its fittest one")
    .option("-c, --cluster <name>", clusterArgument)
    .option("--spread", "every group's writes to another place, so that no place has all of them")
    .addOption(json())
    .addHelpText(
      "after",
      examples(
        "hotfire switchover broker-a",
        "hotfire switchover broker-a-1 --cluster blue",
        "hotfire switchover --spread",
      ),
    )
    .action((target, options) =>
      run(options, async (context) =>
        (await import("../actions/switchover.ts")).switchover(context, target, options),
      ),
    );
}

export function addRestart(program: Command, run: Run): void {
  program
    .command("restart")
    .summary("restart a cluster or group, node after node, under load")
    .description(
      "Restarts one node after another, each only when the cluster is whole: followers first, then the group is handed over, then the " +
        "old leader or master. Nodes whose image was rebuilt are made anew, and with --spec those whose definition has changed.",
    )
    .argument(
      "[name]",
      "name of the cluster, or of one of its groups; may be left out when there is only one cluster",
    )
    .requiredOption("--rolling", "one after another; all at once is hotfire down --keep-volumes and up")
    .option("-c, --cluster <name>", clusterArgument)
    .option("--spec <file>", "apply a changed spec of the same cluster")
    .addOption(newVolumes())
    .addOption(
      new Option("--deadline <duration>", "how long the cluster may take to be whole after each node")
        .argParser(parseDuration)
        .default(120_000, "120s"),
    )
    .addOption(
      new Option(
        "--settle <duration>",
        "how long a broker that is back may warm up before the next of its group",
      )
        .argParser(parseDuration)
        .default(5000, "5s"),
    )
    .addOption(new Option("--json", "one event a line as JSON, the result last, for programs"))
    .addHelpText(
      "after",
      examples(
        "hotfire restart --rolling",
        "hotfire restart --rolling broker-a --cluster blue",
        "hotfire restart --rolling blue --spec blue.yaml",
      ),
    )
    .action((name, options) =>
      run(options, async (context) =>
        (await import("../actions/restart.ts")).restart(context, name, options),
      ),
    );
}

export function addLogs(program: Command, run: Run): void {
  program
    .command("logs")
    .summary("print the logs of one, some or all nodes")
    .description("Prints the nodes' logs in the order of their times, each line with its node.")
    .argument("[name]", clusterArgument)
    .option("-n, --node <node>", "node or GROUP:ROLE; may be repeated (default: all)", collect)
    .option("-f, --follow", "go on with new lines until Ctrl-C")
    .option("-t, --tail <lines>", "last lines of each node", parseCount)
    .addOption(
      new Option("-s, --since <duration>", "no older than this, e.g. 30s, 10m, 2h").argParser(parseDuration),
    )
    .addOption(new Option("--json", "one JSON object a line, for programs"))
    .addHelpText(
      "after",
      examples("hotfire logs -f", "hotfire logs blue -n broker-a:leader -t 100", "hotfire logs -s 5m --json"),
    )
    .action((name, options) =>
      run(options, async (context) => (await import("../actions/logs.ts")).logs(context, name, options)),
    );
}
