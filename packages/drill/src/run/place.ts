import {
  type DockerClient,
  deleteEverywhere,
  down,
  type FoundCluster,
  findCluster,
  healCluster,
  planOf,
  upOnFreePorts,
  waitUntilWhole,
} from "@hotfire/engine";
import type { ClusterPlan } from "@hotfire/topology";
import { expectationFor, missingNeeds, specFor } from "../catalogue/spec-for.ts";
import { DrillError } from "../errors/drill-error.ts";
import { mustFitKinds } from "./kinds-fit.ts";
import type { RunDrillOptions } from "./run-options.ts";

/** The cluster that a drill runs on, ready for it. */
export interface Stage {
  readonly plan: ClusterPlan;
  readonly isOwn: boolean;
  /** Everything as it was: a drill's own cluster is gone, another one is whole and without the drill's topics. */
  restore(left: { topics: readonly string[]; consumerGroups: readonly string[] }): Promise<string[]>;
}

/** Brings up the drill's own cluster, or makes sure that the one which is up fits and is whole. */
export async function prepareStage(options: RunDrillOptions): Promise<Stage> {
  return options.place.kind === "own" ? ownStage(options) : runningStage(options, options.place.cluster);
}

async function ownStage(options: RunDrillOptions): Promise<Stage> {
  const { docker, drill, place, signal, onEvent } = options;
  if (place.kind !== "own") throw new TypeError("not a cluster of its own");
  const spec = specFor(drill, place.spec);
  const { name } = spec;
  mustFitKinds(options, spec.mode);
  if ((await findCluster(docker, name)) !== undefined) {
    throw new DrillError("DRILL_NOT_APPLICABLE", `There is a cluster "${name}" already.`, {
      hint: `Run the drill on it with --on ${name}, or remove it with hotfire down ${name}.`,
    });
  }
  const remove = async () => {
    const found = await findCluster(docker, name);
    if (found !== undefined && !place.keep) await down(docker, found, { now: true });
    return [];
  };
  try {
    const { plan } = await upOnFreePorts(docker, spec, {
      signal,
      ...(options.build === undefined ? {} : { build: options.build }),
      onEvent: (event) => onEvent?.({ type: "engine", event }),
    });
    await mustBeWhole(options, name);
    return { plan, isOwn: true, restore: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function runningStage(options: RunDrillOptions, name: string): Promise<Stage> {
  const { docker, drill } = options;
  const cluster = await mustFind(docker, name);
  const plan = planOf(cluster);
  expectationFor(drill, plan.mode);
  mustFitKinds(options, plan.mode);
  const missing = missingNeeds(drill, plan.spec);
  if (missing.length > 0) {
    throw new DrillError(
      "DRILL_NOT_APPLICABLE",
      `${drill.name} needs ${missing.join(", ")} in the spec of "${name}".`,
      {
        hint: "Leave out --on, and the drill makes a cluster of its own.",
      },
    );
  }
  await mustBeWhole(options, name);
  return {
    plan,
    isOwn: false,
    restore: async (left) => {
      await healCluster({ docker, cluster: name });
      return deleteEverywhere(docker, await mustFind(docker, name), left);
    },
  };
}

/** A slave connects some seconds after its master is ready. */
const wholeWithinMs = 30_000;

async function mustBeWhole({ docker, signal }: RunDrillOptions, name: string): Promise<void> {
  const missing = await waitUntilWhole(docker, name, { atMostMs: wholeWithinMs, signal });
  if (missing.length === 0) return;
  throw new DrillError("DRILL_CLUSTER_NOT_READY", `"${name}" is not whole: ${missing.join("; ")}.`, {
    hint: `Repair it first: hotfire heal ${name}`,
  });
}

async function mustFind(docker: DockerClient, name: string): Promise<FoundCluster> {
  const cluster = await findCluster(docker, name);
  if (cluster !== undefined) return cluster;
  throw new DrillError("DRILL_NOT_APPLICABLE", `There is no cluster "${name}".`, {
    hint: "See hotfire ls; without --on the drill makes a cluster of its own.",
  });
}
