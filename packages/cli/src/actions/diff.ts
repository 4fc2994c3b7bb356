import { formatSize } from "@hotfire/base";
import { isSecretKey } from "@hotfire/config";
import { connect, findCluster, planOf, readEffective } from "@hotfire/engine";
import {
  type ClusterPlan,
  diffPlans,
  type Need,
  type PlanChange,
  type PlanDiff,
  planCluster,
  withEffective,
} from "@hotfire/topology";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type Column, renderTable } from "../output/table.ts";
import { isSpecSource, readSpec } from "../spec-source.ts";

interface Side {
  readonly plan: ClusterPlan;
  /** What its processes run with, as far as they answer; absent for a spec. */
  readonly running?: Awaited<ReturnType<typeof readEffective>>;
}

const needTexts: Readonly<Record<Need, string>> = {
  update: "update, while it runs",
  restart: "restart",
  start: "start the node",
  stop: "stop the node",
  "new-volume": "new volume: what is stored is lost",
};

const columns: readonly Column<PlanChange>[] = [
  { title: "WHAT", value: ({ what, key }) => (key === undefined ? what : `${what} ${key}`) },
  { title: "FROM", value: (change) => shown(change, change.before) },
  { title: "TO", value: (change) => shown(change, change.after) },
  { title: "NODES", value: ({ nodes }) => nodes.join(", "), drop: 1 },
  { title: "NEEDS", value: ({ needs }) => needTexts[needs] },
];

/** Exit code 0: they mean the same; 1: they differ. */
export async function diff(context: Context, from: string, to: string): Promise<ExitCode> {
  const [one, other] = [await read(context, from), await read(context, to)];
  const before = one.running === undefined ? one.plan : effective(one, other);
  const after = other.running === undefined ? other.plan : effective(other, one);
  const result = withoutSecrets(diffPlans(before, after));
  const unasked = [one, other].flatMap(({ running }) => [...(running?.problems ?? [])]);
  if (context.json) {
    printJson(context, { ...result, unasked: unasked.map(([node, problem]) => ({ node, problem })) });
  } else {
    for (const [node, problem] of unasked)
      context.say(`warning: ${node} was not asked: ${problem}. Its spec counts.`);
    if (result.changes.length === 0) context.print("They mean the same.");
    else context.print(renderTable(columns, result.changes, context.style, context.width));
  }
  return result.changes.length === 0 ? exitCodes.ok : exitCodes.failed;
}

/** That a secret differs is said, and neither of the two. */
export function withoutSecrets(diff: PlanDiff): PlanDiff {
  const hide = (value: string | undefined) => (value === undefined ? undefined : "(secret)");
  return {
    ...diff,
    changes: diff.changes.map((change) =>
      change.key === undefined || !isSecretKey(change.key)
        ? change
        : { ...change, before: hide(change.before), after: hide(change.after) },
    ),
  };
}

function effective(side: Side, other: Side): ClusterPlan {
  return side.running === undefined
    ? side.plan
    : withEffective(side.plan, side.running.configuration, other.plan);
}

/** A file, stdin, a running cluster, or a preset, in this order: a cluster that is up is meant rather than its preset. */
async function read(context: Context, source: string): Promise<Side> {
  if (isSpecSource(source)) return { plan: planCluster(await readSpec(source, {})) };
  const docker = await connect().catch(() => undefined);
  const cluster = docker === undefined ? undefined : await findCluster(docker, source);
  if (docker === undefined || cluster === undefined) return { plan: planCluster(await readSpec(source, {})) };
  const running = await readEffective(docker, cluster, { signal: context.signal });
  return { plan: planOf(cluster), running };
}

function shown({ what }: PlanChange, value: string | undefined): string {
  if (value === undefined) return what === "property" ? "(default)" : "-";
  return what === "memory" || what === "store-limit" ? formatSize(Number(value)) : value;
}
