import { actOnNode, chooseCluster, connect, type NodeAction, type NodeActionResult } from "@hotfire/engine";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { formatSeconds } from "../output/format.ts";

export async function node(
  context: Context,
  action: NodeAction,
  target: string,
  options: { readonly cluster?: string | undefined; readonly switchover?: boolean },
): Promise<ExitCode> {
  const docker = await connect();
  const cluster = await chooseCluster(docker, options.cluster);
  const result = await actOnNode(docker, cluster, action, target, {
    ...(options.switchover === undefined ? {} : { switchover: options.switchover }),
    onNote: (message) => context.say(message),
  });
  if (context.json) printJson(context, result);
  else {
    context.print(describe(result));
    if (result.after === "running") {
      context.say(
        context.sayStyle.dim(`It serves when it is healthy again: hotfire status ${cluster.name} --watch`),
      );
    }
  }
  return exitCodes.ok;
}

/** `broker-a-1 (broker-a:leader) was running and is exited now, exit code 137 (0.4 s).` */
export function describe({
  node: name,
  target,
  before,
  after,
  exitCode,
  successor,
  tookMs,
}: NodeActionResult): string {
  const asked = target === name ? "" : ` (${target})`;
  const exit = exitCode === undefined ? "" : `, exit code ${exitCode}`;
  const handed = successor === undefined ? "" : ` ${successor} took over its writes before.`;
  return `${name}${asked} was ${before} and is ${after} now${exit} (${formatSeconds(tookMs)}).${handed}`;
}
