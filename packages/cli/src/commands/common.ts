import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import type { ExitCode } from "../exit-codes.ts";

type Action = (context: Context) => Promise<ExitCode>;
/** Runs an action with a context made from the command's common options. */
export type Run = (options: { readonly json?: true | undefined }, action: Action) => Promise<void>;

export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;

export const json = () => new Option("--json", "print facts as JSON, for programs");
export const clusterArgument = "name of the cluster; may be left out when there is only one";

export const newVolumes = () =>
  new Option(
    "--new-volumes <nodes>",
    "nodes whose data cannot bear the change and may be lost, e.g. broker-a-0,broker-a-1; may be repeated",
  ).argParser<readonly string[]>(parseList);

/** Kept here, and held to the topology's lists by a test, so that help loads no other package of ours: another test counts. */
export const failovers = ["stock", "fast", "aggressive"] as const;
export const presets = [
  "single-master",
  "multi-master",
  "master-slave-async",
  "master-slave-sync",
  "dledger",
  "dledger-2x3",
  "controller",
] as const;

export const workloadKinds = ["plain", "fifo", "delay", "transaction", "batch", "large"] as const;

/** `plain,fifo`; may be repeated. */
export function parseWorkload(
  text: string,
  before: readonly (typeof workloadKinds)[number][] = [],
): readonly (typeof workloadKinds)[number][] {
  const kinds = parseList(text).map((name) => {
    const kind = workloadKinds.find((known) => known === name);
    if (kind === undefined) throw new InvalidArgumentError(`Kinds are ${workloadKinds.join(", ")}.`);
    return kind;
  });
  return [...new Set([...before, ...kinds])];
}

export const shells = ["bash", "zsh", "fish"] as const;

export function parseShell(text: string): (typeof shells)[number] {
  const shell = shells.find((known) => known === text);
  if (shell === undefined) throw new InvalidArgumentError(`Shells are ${shells.join(", ")}.`);
  return shell;
}

export function collect(value: string, before: readonly string[] = []): readonly string[] {
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

export function parsePort(text: string): number {
  const port = parseCount(text);
  if (port > 65_535) throw new InvalidArgumentError("A port is a number up to 65535.");
  return port;
}

export function parseAtLeastOne(text: string): number {
  const count = parseCount(text);
  if (count < 1) throw new InvalidArgumentError("It takes a number from 1.");
  return count;
}

/** Seeds are kept exactly in JSON and in a report. */
export function parseSeed(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new InvalidArgumentError("A seed is a whole number of at most 15 digits.");
  return Number(text);
}

/** `a,b`; may be repeated. */
export function parseList(text: string, before: readonly string[] = []): readonly string[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.includes("")) throw new InvalidArgumentError("It takes names separated by commas.");
  return [...before, ...items];
}
