import { Argument, Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import { styleFor } from "./output/style.ts";
import { version } from "./version.ts";

type Action = (context: Context) => Promise<ExitCode>;
/** Runs an action with a context made from the command's common options. */
export type Run = (options: { readonly json?: true | undefined }, action: Action) => Promise<void>;

const examples = (...lines: readonly string[]) =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;

const json = () => new Option("--json", "print facts as JSON, for programs");
const clusterArgument = "name of the cluster; may be left out when there is only one";

const exitCodeHelp = `

Exit codes:
  0    done, all claims hold         3    a mistake in arguments or spec
  1    a check failed, a node died   4    the engine or the machine
  2    a deadline passed             70   a bug of hotfire
                                     130  interrupted

With NO_COLOR set, or off a terminal, output has no colours. Progress goes to stderr, facts to stdout.`;

/** The whole command line. Actions load their code when they run, so that help and completion are quick. */
export function createProgram(run: Run): Command {
  const program = new Command("hotfire")
    .description("Apache RocketMQ 5.5.0 in Docker, as clusters that are proven to fail over.")
    .usage("<command> [options]")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help for a command")
    .helpCommand(false)
    .configureHelp({
      styleTitle: (title) => styleFor(process.stdout).bold(title),
      subcommandTerm: (command) =>
        [command.name(), ...command.registeredArguments.map((argument) => nameOf(argument))].join(" "),
    })
    .configureOutput({
      outputError: (text, write) =>
        write(text.replace(/^error: /, `${styleFor(process.stderr).bad("error")} `)),
    })
    .exitOverride()
    .addHelpText(
      "after",
      examples(
        "hotfire up dledger                     a three-node DLedger group with two name servers",
        "hotfire status                         roles, addresses, replication, memory",
        "hotfire verify                         prove what the mode promises",
        "hotfire node kill broker-a:leader      make the leader disappear",
        "hotfire down                           remove it all",
      ) + exitCodeHelp,
    );

  program.commandsGroup("Clusters:");
  addUp(program, run);
  addDown(program, run);
  addList(program, run);
  addStatus(program, run);
  addVerify(program, run);
  program.commandsGroup("Nodes:");
  addNode(program, run);
  addLogs(program, run);
  program.commandsGroup("Specs:");
  addInit(program, run);
  addRender(program, run);
  program.commandsGroup("This machine:");
  addDoctor(program, run);
  addImages(program, run);
  addExport(program, run);
  addCompletion(program, run);
  return program;
}

/** `[name...]` for a list that may be empty, `<shell>` for what must be there. */
function nameOf(argument: {
  name(): string;
  readonly required: boolean;
  readonly variadic: boolean;
}): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function addUp(program: Command, run: Run): void {
  program
    .command("up")
    .summary("start a cluster and wait until it is ready")
    .description(
      "Starts a cluster from a preset or a spec file and waits until it is ready: every broker registered at every name " +
        "server in its role, and a message through every broker group. What runs already is kept; what the spec changed is " +
        "recreated. Images are built when they are missing or their sources changed.",
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
      run(options, async (context) => (await import("./actions/up.ts")).up(context, source, options)),
    );
}

function addDown(program: Command, run: Run): void {
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
      run(options, async (context) => (await import("./actions/down.ts")).down(context, names, options)),
    );
}

function addList(program: Command, run: Run): void {
  program
    .command("ls")
    .summary("list the clusters on this engine")
    .description("Lists every cluster that the engine holds anything of, found by label.")
    .addOption(json())
    .addHelpText("after", examples("hotfire ls", "hotfire ls --json | jq -r '.[].cluster'"))
    .action((options) => run(options, async (context) => (await import("./actions/list.ts")).list(context)));
}

function addStatus(program: Command, run: Run): void {
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
      run(options, async (context) => (await import("./actions/status.ts")).status(context, name, options)),
    );
}

function addVerify(program: Command, run: Run): void {
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
      run(options, async (context) => (await import("./actions/verify.ts")).verify(context, name)),
    );
}

const nodeActions = [
  ["stop", "stop a node gracefully"],
  ["start", "start a stopped node"],
  ["restart", "stop a node gracefully and start it again"],
  ["kill", "end a node at once, with SIGKILL; it stays down"],
  ["pause", "freeze a node: it keeps its connections and answers nothing"],
  ["unpause", "let a frozen node go on"],
] as const;

function addNode(program: Command, run: Run): void {
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
      .addOption(json())
      .addHelpText(
        "after",
        examples(`hotfire node ${action} broker-a-0`, `hotfire node ${action} broker-a:master`),
      )
      .action((target, options) =>
        run(options, async (context) =>
          (await import("./actions/node.ts")).node(context, action, target, options),
        ),
      );
  }
}

function addLogs(program: Command, run: Run): void {
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
      run(options, async (context) => (await import("./actions/logs.ts")).logs(context, name, options)),
    );
}

function addInit(program: Command, run: Run): void {
  program
    .command("init")
    .summary("write a spec file to start from, with comments")
    .description("Writes a spec with every key explained.")
    .addArgument(new Argument("[preset]", "preset to start from").choices(presets).default("dledger"))
    .option("-o, --output <file>", "file to write, or - for stdout", "hotfire.yaml")
    .option("--force", "write over an existing file")
    .addHelpText("after", examples("hotfire init controller", "hotfire init dledger -o -"))
    .action((preset, options) =>
      run({}, async (context) => (await import("./actions/init.ts")).init(context, preset, options)),
    );
}

function addRender(program: Command, run: Run): void {
  program
    .command("render")
    .summary("print the Compose file of a preset or spec")
    .description("Renders one self-contained Compose file, which runs without hotfire. Needs no engine.")
    .argument(
      "[preset|file]",
      "preset, spec file, or - for a spec on stdin (default: ./hotfire.yaml if there is one, else dledger)",
    )
    .option("-o, --output <file>", "file to write, or - for stdout", "-")
    .option("--name <name>", "name of the cluster (default: the spec's)")
    .option("--port-offset <n>", "add n to every port on the host")
    .option("--proxy", "add a gRPC proxy, for RocketMQ 5 clients")
    .option("--advertise <address>", "address of this host that brokers give to clients elsewhere")
    .option("--bind <address>", "host address that ports are published on")
    .option("--memory <kind=size>", "memory limit, e.g. broker=768m; may be repeated", collect)
    .addHelpText(
      "after",
      examples("hotfire render dledger > compose.yaml", "hotfire render cluster.yaml -o compose.yaml"),
    )
    .action((source, options) =>
      run({}, async (context) => (await import("./actions/render.ts")).render(context, source, options)),
    );
}

function addDoctor(program: Command, run: Run): void {
  program
    .command("doctor")
    .summary("check engine, memory, disk, ports, DNS and kernel")
    .description("Checks what clusters and drills need of this machine, each finding with its fix.")
    .addOption(json())
    .addHelpText("after", examples("hotfire doctor", "hotfire doctor --json"))
    .action((options) =>
      run(options, async (context) => (await import("./actions/doctor.ts")).doctor(context)),
    );
}

function addImages(program: Command, run: Run): void {
  program
    .command("images")
    .summary("build the images whose sources changed")
    .description(
      "Builds the name server's and the broker's image if they are missing or their sources changed.",
    )
    .addOption(json())
    .addHelpText("after", examples("hotfire images"))
    .action((options) =>
      run(options, async (context) => (await import("./actions/images.ts")).images(context)),
    );
}

function addExport(program: Command, run: Run): void {
  program
    .command("export")
    .summary("write everything a bug report needs into a folder")
    .description(
      "Writes spec, Compose file, plan, containers, logs, status, verification, doctor's findings and versions into a folder. " +
        "Values of environment variables that look like secrets are left out.",
    )
    .argument("[name]", clusterArgument)
    .option("-o, --output <folder>", "folder to write (default: hotfire-NAME-TIME)")
    .addOption(json())
    .addHelpText("after", examples("hotfire export", "hotfire export blue -o /tmp/blue"))
    .action((name, options) =>
      run(options, async (context) =>
        (await import("./actions/export.ts")).exportCluster(context, name, options),
      ),
    );
}

function addCompletion(program: Command, run: Run): void {
  program
    .command("completion")
    .summary("print a shell's completion script")
    .description("Prints the completion script of a shell.")
    .argument("<shell>", "bash, zsh or fish", parseShell)
    .addHelpText(
      "after",
      examples(
        "source <(hotfire completion bash)                                        in ~/.bashrc",
        "source <(hotfire completion zsh)                                         in ~/.zshrc",
        "hotfire completion fish > ~/.config/fish/completions/hotfire.fish",
      ),
    )
    .action((shell) =>
      run({}, async (context) =>
        (await import("./actions/completion.ts")).completion(context, program, shell),
      ),
    );
}

/** Kept here, and held to the topology's list by a test, so that help needs no other package. */
export const presets = [
  "single-master",
  "multi-master",
  "master-slave-async",
  "master-slave-sync",
  "dledger",
  "dledger-2x3",
  "controller",
] as const;

export const shells = ["bash", "zsh", "fish"] as const;

function parseShell(text: string): (typeof shells)[number] {
  const shell = shells.find((known) => known === text);
  if (shell === undefined) throw new InvalidArgumentError(`Shells are ${shells.join(", ")}.`);
  return shell;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `90s`, `5m`, `500ms`, `2h`; a bare number is seconds. Milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  const factor = durationUnits[match?.[2] ?? "s"];
  const ms = Number(match?.[1]) * (factor ?? Number.NaN);
  if (!Number.isFinite(ms) || ms <= 0)
    throw new InvalidArgumentError("A duration is a number with a unit: 500ms, 90s, 5m, 2h.");
  return ms;
}

export function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It takes a whole number.");
  return Number(text);
}
