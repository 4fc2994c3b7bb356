import { Argument, type Command, Option } from "@commander-js/extra-typings";
import { examples, json, type Run } from "./common.ts";

export function addLint(program: Command, run: Run): void {
  program
    .command("lint")
    .summary("find what is wrong in hand-written RocketMQ files")
    .description(
      "Reads .properties and .conf files, and proxies' .json, as RocketMQ does and judges each, and all together as one cluster. " +
        "Other software's files are named and left alone. " +
        "Clean: silence, exit 0; findings: exit 1; something cannot be read: exit 2. docs/reference/lint.md has every rule.",
    )
    .argument("[file|folder...]", "files of one cluster, or folders with a cluster each")
    .addOption(
      new Option(
        "--fix [mode]",
        "mend what a program can, and show what changed; =unsafe also what a running cluster would then do otherwise",
      ).choices(["safe", "unsafe"] as const),
    )
    .option("--dry-run", "with --fix: show the changes, write nothing")
    .option("--explain <code>", "print what a rule means, with a bad and a good example")
    .addOption(json().conflicts("sarif"))
    .option("--sarif", "print findings as SARIF, for code hosts")
    .addHelpText(
      "after",
      examples(
        "hotfire lint /etc/rocketmq",
        "hotfire lint broker-a.conf broker-b.conf --fix",
        "hotfire lint /etc/rocketmq --fix=unsafe --dry-run",
        "hotfire lint --explain DLEDGER_GROUP",
      ),
    )
    .action((paths, options) =>
      run(options, async (context) => (await import("../actions/lint.ts")).lint(context, paths, options)),
    );
}

export function addImport(program: Command, run: Run): void {
  program
    .command("import")
    .summary("make a spec of hand-written RocketMQ files")
    .description(
      "Reads the .properties and .conf files of one cluster and prints a spec of it: mode, groups and nodes recognised, every other " +
        "property kept where it is shared. What cannot be kept stands in the spec as a comment. Errors that lint finds are reported.",
    )
    .argument("<file|folder...>", "the brokers' files, and those of name servers and controllers")
    .option("-o, --output <file>", "file to write, or - for stdout", "-")
    .option("--force", "write over an existing file")
    .option("--name <name>", "name of the cluster (default: the folder's)")
    .addHelpText(
      "after",
      examples("hotfire import /etc/rocketmq -o cluster.yaml", "hotfire import conf/dledger | hotfire up -"),
    )
    .action((paths, options) =>
      run({}, async (context) => (await import("../actions/import.ts")).importSpec(context, paths, options)),
    );
}

export function addDiff(program: Command, run: Run): void {
  program
    .command("diff")
    .summary("what differs between two specs, or a spec and a running cluster")
    .description(
      "Compares by meaning: specs that are written unlike but plan alike do not differ. Of a running cluster it asks every process for " +
        "its effective configuration. Each difference says what it needs: an update while it runs, a restart, a new volume. " +
        "Exit codes: 0 the same, 1 they differ.",
    )
    .argument("<a>", "spec file, - for a spec on stdin, running cluster, or preset")
    .argument("<b>", "the same, for what it is to become")
    .addOption(json())
    .addHelpText(
      "after",
      examples(
        "hotfire diff old.yaml new.yaml",
        "hotfire diff orders cluster.yaml         what a changed spec would do to the running cluster",
        "hotfire diff dledger dledger-2x3",
      ),
    )
    .action((a, b, options) =>
      run(options, async (context) => (await import("../actions/diff.ts")).diff(context, a, b)),
    );
}

export function addConfig(program: Command, run: Run): void {
  const config = program
    .command("config")
    .summary("look up RocketMQ's configuration keys")
    .description("RocketMQ's configuration keys.")
    .helpCommand(false)
    .addHelpText("after", examples("hotfire config keys dLeger"));
  config
    .command("keys")
    .summary("list RocketMQ's keys with type and default")
    .description(
      "Lists every key of RocketMQ 5.5.0 that matches, with type, default and, for those that the modes use, what it does.",
    )
    .addArgument(new Argument("[pattern]", "part of a key, or a pattern with * such as dLeger*"))
    .addOption(
      new Option("--of <kind>", "only one kind's keys").choices([
        "broker",
        "namesrv",
        "controller",
        "proxy",
      ] as const),
    )
    .addOption(json())
    .addHelpText(
      "after",
      examples("hotfire config keys dLeger", "hotfire config keys '*Timeout*' --of broker"),
    )
    .action((pattern, options) =>
      run(options, async (context) =>
        (await import("../actions/config-keys.ts")).listKeys(context, pattern, options),
      ),
    );
}
