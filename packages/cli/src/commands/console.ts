import type { Command } from "@commander-js/extra-typings";
import { clusterArgument, examples, json, parsePort, type Run } from "./common.ts";

export function addConsole(program: Command, run: Run): void {
  program
    .command("console")
    .summary("open a cluster's console in the browser")
    .description(
      "Opens the console of a running cluster and prints its address. With --local it runs one in this process instead, " +
        "which also shows the drills of ./hotfire-runs, those that are running too.",
    )
    .argument("[name]", clusterArgument)
    .option("--local", "run a console here until Ctrl-C, with the drills of this folder")
    .option(
      "--namesrv <addresses>",
      "run one here for any RocketMQ cluster, by its name servers (host:port;host:port)",
    )
    .option("--runs <folder>", "where the drills are, for --local (default: ./hotfire-runs)")
    .option("--port <n>", "port of --local; 0 takes any free one", parsePort, 8090)
    .option("--read-only", "of --local: it only looks")
    .option("--hash-password", "print the hash of a password on stdin, for a console with a login")
    .addOption(json())
    .addHelpText(
      "after",
      examples(
        "hotfire console",
        "hotfire console blue --json",
        "hotfire console --local",
        "hotfire console --namesrv 192.0.2.10:9876 --read-only",
        'printf %s "$PASSWORD" | hotfire console --hash-password',
      ),
    )
    .action((name, options) =>
      run(options, async (context) =>
        (await import("../actions/console.ts")).openConsole(context, name, options),
      ),
    );
}
