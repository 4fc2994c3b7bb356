import {
  chooseCluster,
  connect,
  type FoundCluster,
  planOf,
  type SwitchoverResult,
  spreadWriters,
  switchover as switchTo,
} from "@hotfire/engine";
import { CliError } from "../cli-error.ts";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";

interface SwitchoverOptions {
  readonly cluster?: string | undefined;
  readonly spread?: true | undefined;
}

export async function switchover(
  context: Context,
  target: string | undefined,
  options: SwitchoverOptions,
): Promise<ExitCode> {
  if ((target === undefined) === (options.spread === undefined)) {
    throw new CliError("ARGUMENT_INVALID", "Name a broker or group that takes over, or --spread, not both.", {
      hint: "See hotfire switchover --help",
    });
  }
  const docker = await connect();
  const cluster = await chooseCluster(docker, options.cluster);
  const { signal } = context;
  const results =
    target === undefined
      ? await spreadWriters(docker, cluster.name, {
          signal,
          onSkip: (group, why) => context.say(`${group} stays as it is: ${why}`),
        })
      : [await switchTo(docker, cluster, targetOf(cluster, target), { signal })];
  if (context.json) printJson(context, target === undefined ? results : results[0]);
  else for (const result of results) context.print(describe(result));
  return exitCodes.ok;
}

/** `broker-a` is a group, `broker-a-1` one of its brokers. */
function targetOf(cluster: FoundCluster, text: string): { group: string; to?: string } {
  const { groups } = planOf(cluster);
  const group = groups.find(
    ({ name, brokers }) => name === text || brokers.some((broker) => broker.name === text),
  );
  if (group === undefined) {
    const known = groups.map(({ name }) => name).join(", ");
    throw new CliError("ARGUMENT_INVALID", `The cluster has no broker or group "${text}".`, {
      hint: `Groups: ${known}.`,
    });
  }
  return group.name === text ? { group: text } : { group: group.name, to: text };
}

/** `broker-a-1 took over broker-a from broker-a-0 (84 ms).` */
export function describe({ group, from, to, changed, tookMs }: SwitchoverResult): string {
  return changed
    ? `${to} took over ${group} from ${from} (${tookMs} ms).`
    : `${to} takes the writes of ${group} already.`;
}
