import { type Command, Option } from "@commander-js/extra-typings";
import {
  clusterArgument,
  collect,
  examples,
  failovers,
  json,
  parseAtLeastOne,
  parseDuration,
  parseList,
  parseSeed,
  parseWorkload,
  type Run,
} from "./common.ts";

const on = () =>
  new Option(
    "--on <where>",
    "a running cluster, a preset, a spec file or - (default: a cluster of its own, of the drill's preset)",
  );
const seed = () =>
  new Option("--seed <n>", "decides what is left to chance (default: a new one, printed)").argParser(
    parseSeed,
  );
const limitHelp = "what must hold besides, e.g. rto=2s,lost=0,availability=99.5%; may be repeated";
const outHelp = "folder of the run, new or empty (default: hotfire-runs/NAME-TIME)";
const events = () => new Option("--json", "one event a line as JSON, the result last, for programs");
const client = () =>
  new Option("--client <kind>", "the client that produces and consumes").choices([
    "hotfire",
    "java",
    "node-proxy",
  ]);

const settings = () =>
  new Option(
    "--client-settings <kind>",
    "of the Java client: RocketMQ's own, or those that docs/explanation/failover.md advises",
  ).choices(["stock", "quick"]);

const workload = () =>
  new Option(
    "--workload <kinds>",
    "what an application sends besides plain messages, which are always sent: fifo (ordered by message group), delay, " +
      "transaction, batch, large; e.g. plain,fifo,delay; may be repeated",
  ).argParser(parseWorkload);

export function addDrill(program: Command, run: Run): void {
  const drill = program
    .command("drill")
    .summary("break a cluster under load, and judge what it cost")
    .description(
      "Breaks a cluster under load, heals it, reads every message back from every replica, and says what it cost: a " +
        "verdict with the recovery time, the loss and a report.",
    )
    .usage("<action> [options]")
    .helpCommand(false)
    .addHelpText(
      "after",
      examples(
        "hotfire drill list",
        "hotfire drill run writer-kill",
        "hotfire drill run writer-kill --on controller --limit rto=20s",
        "hotfire drill matrix",
        "hotfire drill open",
      ),
    );
  addDrillList(drill, run);
  addDrillRun(drill, run);
  addDrillMatrix(drill, run);
  addDrillTable(drill, run);
  addDrillCheck(drill, run);
  addDrillOpen(drill, run);
}

function addDrillList(drill: Command, run: Run): void {
  drill
    .command("list")
    .summary("list the drills, or tell one of them in full")
    .description("Lists the drills: what happens in each, on which modes, and what is claimed about it.")
    .argument("[drill]", "one drill, with its claims for every mode")
    .addOption(json())
    .addHelpText(
      "after",
      examples("hotfire drill list", "hotfire drill list writer-kill", "hotfire drill list --json"),
    )
    .action((name, options) =>
      run(options, async (context) => (await import("../actions/drill-list.ts")).drillList(context, name)),
    );
}

function addDrillRun(drill: Command, run: Run): void {
  drill
    .command("run")
    .summary("run a drill")
    .description(
      "Runs a drill on a cluster of its own, which is removed afterwards, or on one that is up, which is left as it was " +
        "found. Everything that was seen is in the run's folder: report.html, result.json, junit.xml, history.ndjson and " +
        "the nodes' logs. Exits with 0 when all checks hold, with 1 when one is broken, with 2 when it cannot be known.",
    )
    .argument("<drill>", "name of the drill")
    .addOption(on())
    .addOption(seed())
    .option("--limit <limits>", limitHelp, collect)
    .option("--out <dir>", outHelp)
    .option("--rate <n>", "plain messages sent per second, over all groups", parseAtLeastOne)
    .option("--size <bytes>", "bytes of a plain message", parseAtLeastOne)
    .addOption(workload())
    .addOption(client())
    .addOption(settings())
    .option("--keep", "keep the cluster that was made for it")
    .option("--no-build", "never build images")
    .addOption(events())
    .addHelpText(
      "after",
      examples(
        "hotfire drill run writer-kill",
        "hotfire drill run writer-pause --on controller --limit rto=30s,lost=0",
        "hotfire drill run writer-kill --on blue --seed 4711 --out /tmp/blue",
        "hotfire drill run consumers-move --client java --rate 200",
        "hotfire drill run writer-kill --on dledger --workload plain,fifo,delay,transaction,batch,large",
        "hotfire drill run quorum-lost --on cluster.yaml --json > events.ndjson",
      ),
    )
    .action((name, options) =>
      run(options, async (context) =>
        (await import("../actions/drill-run.ts")).drillRun(context, name, options),
      ),
    );
}

function addDrillMatrix(drill: Command, run: Run): void {
  drill
    .command("matrix")
    .summary("run every drill on every mode, and write the failover table")
    .description(
      "Runs all drills on all modes that they apply to, one after another, and writes failover-table.md, " +
        "failover-table.json and junit.xml beside the folders of the runs. What this machine cannot do is not run, says " +
        "why, and never counts as passed. Exits with 1 when a drill fails, else with 2 when one cannot be judged.",
    )
    .option("--modes <modes>", "only these, separated by commas", parseList)
    .option("--drills <drills>", "only these, separated by commas", parseList)
    .addOption(
      new Option("--failover <profile>", "of the modes that replace a writer (default: fast)").choices(
        failovers,
      ),
    )
    .addOption(seed())
    .option("--out <dir>", outHelp)
    .option("--table <file>", "write the table to this file too")
    .option("--no-build", "never build images")
    .addOption(events())
    .addHelpText(
      "after",
      examples(
        "hotfire drill matrix",
        "hotfire drill matrix --modes dledger,controller --failover stock",
        "hotfire drill matrix --modes dledger,controller --drills writer-kill,writer-pause",
        "hotfire drill matrix --table docs/reference/failover-table.md",
      ),
    )
    .action((options) =>
      run(options, async (context) =>
        (await import("../actions/drill-matrix.ts")).drillMatrix(context, options),
      ),
    );
}

function addDrillTable(drill: Command, run: Run): void {
  drill
    .command("table")
    .summary("write the failover table of runs that are stored")
    .description(
      "Puts the stored runs of one or several folders into one failover table, the newest of each drill, mode and failover " +
        "profile. Nothing is run and nothing judged again.",
    )
    .argument("<dirs...>", "folders of runs or matrices, searched to any depth")
    .option("--table <file>", "write it to this file instead of printing it")
    .addOption(json())
    .addHelpText(
      "after",
      examples(
        "hotfire drill table hotfire-runs",
        "hotfire drill table hotfire-runs/fast hotfire-runs/stock --table docs/reference/failover-table.md",
      ),
    )
    .action((folders, options) =>
      run(options, async (context) =>
        (await import("../actions/drill-table.ts")).drillTable(context, folders, options),
      ),
    );
}

function addDrillCheck(drill: Command, run: Run): void {
  drill
    .command("check")
    .summary("judge a run again from its history, without an engine")
    .description(
      "Judges the history of a run again and writes its result, report and JUnit file anew. Exits like the run itself.",
    )
    .argument("[dir]", "folder of the run (default: the newest in hotfire-runs/)")
    .option("--limit <limits>", limitHelp, collect)
    .addOption(events())
    .addHelpText(
      "after",
      examples("hotfire drill check", "hotfire drill check hotfire-runs/nightly --limit rto=2s,lost=0"),
    )
    .action((folder, options) =>
      run(options, async (context) =>
        (await import("../actions/drill-check.ts")).drillCheck(context, folder, options),
      ),
    );
}

function addDrillOpen(drill: Command, run: Run): void {
  drill
    .command("open")
    .summary("open a run's report in the browser")
    .description("Opens a run's report in the browser, and prints its path.")
    .argument("[dir]", "folder of the run (default: the newest in hotfire-runs/)")
    .addHelpText("after", examples("hotfire drill open", "hotfire drill open hotfire-runs/nightly"))
    .action((folder) =>
      run({}, async (context) => (await import("../actions/drill-open.ts")).drillOpen(context, folder)),
    );
}

export function addChaos(program: Command, run: Run): void {
  program
    .command("chaos")
    .summary("break one thing after another, at random, and judge it")
    .description(
      "Injects random faults for a while, heals each, and judges the run as every drill. The same seed breaks the same " +
        "things at the same times.",
    )
    .addOption(
      new Option("--for <duration>", "how long, e.g. 90s or 5m")
        .argParser(parseDuration)
        .default(120_000, "2m"),
    )
    .option("--overlapping", "let a fault begin before the one before it is healed")
    .addOption(on())
    .addOption(seed())
    .option("--limit <limits>", limitHelp, collect)
    .option("--out <dir>", outHelp)
    .option("--rate <n>", "plain messages sent per second, over all groups", parseAtLeastOne)
    .option("--size <bytes>", "bytes of a plain message", parseAtLeastOne)
    .addOption(workload())
    .addOption(client())
    .addOption(settings())
    .option("--keep", "keep the cluster that was made for it")
    .option("--no-build", "never build images")
    .addOption(events())
    .addHelpText(
      "after",
      examples(
        "hotfire chaos --for 5m",
        "hotfire chaos --for 10m --on controller --overlapping",
        "hotfire chaos --for 90s --on blue --seed 4711",
      ),
    )
    .action((options) =>
      run(options, async (context) => (await import("../actions/chaos.ts")).chaos(context, options)),
    );
}

export function addHeal(program: Command, run: Run): void {
  program
    .command("heal")
    .summary("repair what faults left behind")
    .description(
      "Repairs a cluster from what is there, found by label: starts nodes that are down, lets frozen ones go on, removes " +
        "network faults, limits and helpers of drills that were killed.",
    )
    .argument("[name]", clusterArgument)
    .option("--all", "every cluster on this engine")
    .addOption(json())
    .addHelpText("after", examples("hotfire heal", "hotfire heal blue", "hotfire heal --all"))
    .action((name, options) =>
      run(options, async (context) => (await import("../actions/heal.ts")).heal(context, name, options)),
    );
}
