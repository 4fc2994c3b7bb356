import {
  type CreatedEverywhere,
  chooseCluster,
  connect,
  createConsumerGroupEverywhere,
  createTopicEverywhere,
} from "@hotfire/engine";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";

interface CreateOptions {
  readonly cluster?: string | undefined;
}

export async function topic(
  context: Context,
  name: string,
  options: CreateOptions & { readonly queues?: number | undefined },
): Promise<ExitCode> {
  const docker = await connect();
  const cluster = await chooseCluster(docker, options.cluster);
  const created = await createTopicEverywhere(docker, cluster, name, options.queues);
  const queues = options.queues ?? (created.existed ? undefined : 8);
  return show(context, `topic ${name}${queues === undefined ? "" : `, ${queues} queues a group`}`, created);
}

export async function group(context: Context, name: string, options: CreateOptions): Promise<ExitCode> {
  const docker = await connect();
  const cluster = await chooseCluster(docker, options.cluster);
  return show(context, `consumer group ${name}`, await createConsumerGroupEverywhere(docker, cluster, name));
}

function show(context: Context, what: string, created: CreatedEverywhere): ExitCode {
  if (context.json) printJson(context, created);
  else {
    const before = created.existed ? " (there before: its other settings stay)" : "";
    context.print(`${what}: on ${created.masters.join(", ")}${before}`);
  }
  return exitCodes.ok;
}
