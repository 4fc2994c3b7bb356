import {
  chooseCluster,
  connect,
  type DockerClient,
  type FoundCluster,
  findCluster,
  planOf,
  type RollingResult,
  restartRolling,
} from "@hotfire/engine";
import { planCluster } from "@hotfire/topology";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { confirmNewVolumes } from "../new-volumes.ts";
import { formatSeconds } from "../output/format.ts";
import { showProgress } from "../output/progress-view.ts";
import { readSpec } from "../spec-source.ts";

interface RestartOptions {
  readonly cluster?: string | undefined;
  readonly spec?: string | undefined;
  readonly newVolumes?: readonly string[] | undefined;
  readonly deadline: number;
  readonly settle: number;
}

export async function restart(
  context: Context,
  name: string | undefined,
  options: RestartOptions,
): Promise<ExitCode> {
  const docker = await connect();
  const { cluster, groups } = await place(docker, name, options.cluster);
  const plan = options.spec === undefined ? undefined : await changedPlan(cluster, options.spec);
  const newVolumes = options.newVolumes ?? [];
  await confirmNewVolumes(context, cluster.name, newVolumes);
  const view = await showProgress(context, "events");
  let result: RollingResult;
  try {
    result = await restartRolling(docker, cluster.name, {
      signal: context.signal,
      onEvent: view.onEvent,
      deadlineMs: options.deadline,
      settleMs: options.settle,
      newVolumes,
      ...(groups === undefined ? {} : { groups }),
      ...(plan === undefined ? {} : { plan }),
    });
  } finally {
    view.end();
  }
  if (context.json) context.print(JSON.stringify({ type: "result", result }));
  else context.print(describe(result));
  return exitCodes.ok;
}

/** A name is a cluster's, or else that of a group of the cluster that was chosen. */
async function place(
  docker: DockerClient,
  name: string | undefined,
  clusterName: string | undefined,
): Promise<{ cluster: FoundCluster; groups?: readonly string[] }> {
  const named = name === undefined || clusterName !== undefined ? undefined : await findCluster(docker, name);
  if (named !== undefined) return { cluster: named };
  const cluster = await chooseCluster(docker, clusterName);
  if (name === undefined) return { cluster };
  const known = planOf(cluster).groups.map((group) => group.name);
  if (known.includes(name)) return { cluster, groups: [name] };
  throw new CliError("ARGUMENT_INVALID", `"${name}" is neither a cluster nor a group of ${cluster.name}.`, {
    hint: `Its groups: ${known.join(", ")}.`,
  });
}

/** The spec file, as the same cluster: its name and the port offset that it was given. */
async function changedPlan(cluster: FoundCluster, file: string) {
  const { name, ports } = planOf(cluster).spec;
  const spec = await readSpec(file, { name, portOffset: String(ports.offset) });
  return planCluster(spec);
}

/** What was restarted, and who took over. */
export function describe({ cluster, restarted, recreated, switched, tookMs }: RollingResult): string {
  const made = recreated.length === 0 ? "" : `, ${recreated.length} of them anew`;
  const handed = switched.map(({ group, from, to }) => ` ${to} took over ${group} from ${from}.`).join("");
  return `${cluster}: ${restarted.length} nodes restarted one after another${made} (${formatSeconds(tookMs)}).${handed}`;
}
