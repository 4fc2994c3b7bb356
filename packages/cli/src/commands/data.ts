import type { Command } from "@commander-js/extra-typings";
import { clusterArgument, examples, json, parseAtLeastOne, type Run } from "./common.ts";

export function addTopic(program: Command, run: Run): void {
  program
    .command("topic")
    .summary("create a topic on every broker group")
    .description("Topics of a cluster.")
    .helpCommand(false)
    .usage("create <name> [options]")
    .addHelpText("after", examples("hotfire topic create orders --queues 16"))
    .command("create")
    .summary("create a topic, or change its queues")
    .description(
      "Creates a topic on the master of every broker group, and waits until every name server has its route. One that exists keeps " +
        "its settings: only --queues changes it. A topic that its first message creates is on one group only.",
    )
    .argument("<name>", "name of the topic")
    .option("-q, --queues <n>", "queues in each broker group (a new topic: 8)", parseAtLeastOne)
    .option("-c, --cluster <name>", clusterArgument)
    .addOption(json())
    .addHelpText("after", examples("hotfire topic create orders", "hotfire topic create orders --queues 16"))
    .action((name, options) =>
      run(options, async (context) => (await import("../actions/create.ts")).topic(context, name, options)),
    );
}

export function addGroup(program: Command, run: Run): void {
  program
    .command("group")
    .summary("create a consumer group on every broker group")
    .description("Consumer groups of a cluster.")
    .helpCommand(false)
    .usage("create <name> [options]")
    .addHelpText("after", examples("hotfire group create billing"))
    .command("create")
    .summary("create a consumer group")
    .description(
      "Creates a consumer group on the master of every broker group that has none of the name; where there is one it stays as it is. " +
        "Clients of RocketMQ 5 need it before they start.",
    )
    .argument("<name>", "name of the consumer group")
    .option("-c, --cluster <name>", clusterArgument)
    .addOption(json())
    .addHelpText("after", examples("hotfire group create billing"))
    .action((name, options) =>
      run(options, async (context) => (await import("../actions/create.ts")).group(context, name, options)),
    );
}
