import { chooseCluster, connect, readLogs, resolveTargets } from "@hotfire/engine";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { harmless } from "../output/style.ts";

interface LogsOptions {
  readonly node?: readonly string[] | undefined;
  readonly follow?: true | undefined;
  readonly tail?: number | undefined;
  readonly since?: number | undefined;
}

export async function logs(
  context: Context,
  name: string | undefined,
  options: LogsOptions,
): Promise<ExitCode> {
  const docker = await connect();
  const cluster = await chooseCluster(docker, name);
  const resolved = await Promise.all(
    (options.node ?? []).map((target) => resolveTargets(docker, cluster, target)),
  );
  const nodes = [...new Set(resolved.flat())];
  const shown = nodes.length === 0 ? cluster.nodes.map((node) => node.name) : nodes;
  const widest = Math.max(...shown.map((node) => node.length));
  const paint = painter(context, shown);
  const lines = readLogs(docker, cluster, {
    nodes,
    follow: options.follow === true,
    signal: context.signal,
    ...(options.tail === undefined ? {} : { tail: options.tail }),
    ...(options.since === undefined ? {} : { since: new Date(Date.now() - options.since) }),
  });
  for await (const { node, at, stream, text } of lines) {
    if (context.json) context.print(JSON.stringify({ node, at: at.toISOString(), stream, text }));
    else context.print(`${paint(node, node.padEnd(widest))} ${harmless(text)}`);
  }
  return context.signal.aborted ? exitCodes.interrupted : exitCodes.ok;
}

/** One colour a node, so that the eye can follow one. */
function painter(context: Context, nodes: readonly string[]): (node: string, text: string) => string {
  const { accent, good, warn, dim, bold } = context.style;
  const colours = [accent, good, warn, dim, bold];
  return (node, text) => (colours[nodes.indexOf(node) % colours.length] ?? dim)(text);
}
