import {
  up as bringUp,
  connect,
  findCluster,
  readStatus,
  refuseChange,
  storedOf,
  type UpResult,
  upOnFreePorts,
} from "@hotfire/engine";
import { planCluster } from "@hotfire/topology";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { confirmNewVolumes } from "../new-volumes.ts";
import { formatSeconds } from "../output/format.ts";
import { showProgress } from "../output/progress-view.ts";
import { renderStatus } from "../output/render-status.ts";
import { readSpec, type SpecOptions } from "../spec-source.ts";

/** The nodes have just answered; on a busy machine they may need a moment to do so again. */
const patientMs = 5000;

interface UpOptions extends SpecOptions {
  readonly deadline: number;
  readonly build: boolean;
  readonly newVolumes?: readonly string[] | undefined;
}

export async function up(
  context: Context,
  source: string | undefined,
  options: UpOptions,
): Promise<ExitCode> {
  const [spec, docker] = await Promise.all([readSpec(source, options), connect()]);
  const newVolumes = options.newVolumes ?? [];
  if (newVolumes.length > 0) {
    refuseChange(storedOf(await findCluster(docker, spec.name)), planCluster(spec), { newVolumes });
    await confirmNewVolumes(context, spec.name, newVolumes);
  }
  const view = await showProgress(context, "events");
  let result: UpResult;
  try {
    const how = {
      signal: context.signal,
      deadlineMs: options.deadline,
      build: options.build,
      newVolumes,
      onEvent: view.onEvent,
    };
    if (options.portOffset === "auto") ({ result } = await upOnFreePorts(docker, spec, how));
    else result = await bringUp(docker, planCluster(spec), how);
  } finally {
    view.end();
  }
  const cluster = await findCluster(docker, spec.name);
  const status =
    cluster === undefined ? undefined : await readStatus(docker, cluster, { deadlineMs: patientMs });
  if (context.json) {
    context.print(JSON.stringify({ type: "result", result, status }));
    return exitCodes.ok;
  }
  context.say("");
  context.say(context.sayStyle.good(describeResult(result)));
  context.say("");
  if (status !== undefined) context.print(renderStatus(status, context.style, context.width));
  return exitCodes.ok;
}

/** One sentence about what `up` did. */
export function describeResult({ cluster, change, tookMs, readyMs, recreated, started }: UpResult): string {
  const took = formatSeconds(tookMs);
  if (change === "unchanged") return `${cluster} was up already and is ready (checked in ${took}).`;
  const ready = `${cluster} is ready`;
  if (change === "created")
    return `${ready}: created in ${took}, ${formatSeconds(readyMs)} of it from start to ready.`;
  if (change === "started") return `${ready}: started ${started.join(", ")} in ${took}.`;
  const what = recreated.length === 0 ? "nodes were added" : `recreated ${recreated.join(", ")}`;
  return `${ready}: ${what} in ${took}.`;
}
