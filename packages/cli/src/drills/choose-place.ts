import { type DrillDefinition, type DrillPlace, specFor } from "@hotfire/drill";
import { type DockerClient, findClusters } from "@hotfire/engine";
import { readSpec } from "../spec-source.ts";

export interface PlaceOptions {
  /** A running cluster, a preset, a spec file, or `-`; undefined for the drill's own preset. */
  readonly on?: string | undefined;
  readonly keep?: true | undefined;
  readonly client?: "hotfire" | "java" | "node-proxy" | undefined;
}

export interface ChosenPlace {
  readonly place: DrillPlace;
  readonly cluster: string;
  readonly mode: string;
}

/**
 * Where a drill runs: on the running cluster of that name if there is one, else on a cluster of its own from a preset or
 * spec, named after the drill, on free ports.
 */
export async function choosePlace(
  docker: DockerClient,
  drill: DrillDefinition,
  options: PlaceOptions,
): Promise<ChosenPlace> {
  const clusters = await findClusters(docker);
  const running = clusters.find(({ name, nodes }) => name === options.on && nodes.length > 0);
  if (running !== undefined) {
    const cluster = running.name;
    return { place: { kind: "running", cluster }, cluster, mode: running.mode ?? "unknown mode" };
  }
  const name = freeName(
    `drill-${drill.name}`,
    clusters.map((cluster) => cluster.name),
  );
  const wanted = await readSpec(options.on ?? drill.preset, {
    name,
    ...(options.client === "node-proxy" ? { proxy: true } : {}),
  });
  // What the drill needs can have ports of its own.
  const spec = specFor(drill, wanted);
  const place = { kind: "own" as const, spec, keep: options.keep === true };
  return { place, cluster: name, mode: spec.mode };
}

/** The name itself, or with the first free number: another run of the same drill may be going on. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  for (let number = 2; ; number++) {
    if (!taken.includes(`${name}-${number}`)) return `${name}-${number}`;
  }
}
