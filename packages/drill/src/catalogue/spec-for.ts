import type { Expectation } from "@hotfire/judge/history";
import { type ClusterSpec, expandGroups, parseSpec } from "@hotfire/topology";
import { DrillError } from "../errors/drill-error.ts";
import type { DrillDefinition } from "./drill-definition.ts";

/** @throws DrillError DRILL_NOT_APPLICABLE when the drill says nothing of the mode. */
export function expectationFor(drill: DrillDefinition, mode: ClusterSpec["mode"]): Expectation {
  const expectation = drill.expect[mode];
  if (expectation !== undefined) return expectation;
  throw new DrillError("DRILL_NOT_APPLICABLE", `${drill.name} does not apply to ${mode}.`, {
    hint: `It runs on ${Object.keys(drill.expect).join(", ")}.`,
  });
}

/** The spec of the drill's own cluster: what was asked for, with what the drill needs. */
export function specFor(drill: DrillDefinition, spec: ClusterSpec): ClusterSpec {
  expectationFor(drill, spec.mode);
  // What nobody looks at takes its share of the processor all the same.
  const quiet: ClusterSpec = { ...spec, console: false };
  const { needs } = drill;
  if (needs === undefined) return quiet;
  const text = JSON.stringify({
    ...quiet,
    ...(needs.whenSlaveIsGone === undefined ? {} : { whenSlaveIsGone: needs.whenSlaveIsGone }),
    ...(needs.groups === undefined ? {} : { groups: needs.groups }),
    ...(needs.storeLimit === undefined ? {} : { storeLimit: needs.storeLimit }),
    ...(needs.steppableClock === undefined ? {} : { steppableClock: true }),
    ...(needs.proxy === undefined ? {} : { proxy: spec.proxy || true }),
    ...(needs.electUncleanMaster === undefined ? {} : { electUncleanMaster: needs.electUncleanMaster }),
    properties: { ...spec.properties, ...needs.properties },
  });
  return parseSpec(text, { source: `the cluster of ${drill.name}` });
}

/** What a running cluster lacks for the drill, in words; empty when it fits. */
export function missingNeeds(drill: DrillDefinition, spec: ClusterSpec): string[] {
  const { needs } = drill;
  if (needs === undefined) return [];
  const missing: string[] = [];
  if (needs.whenSlaveIsGone !== undefined && spec.whenSlaveIsGone !== needs.whenSlaveIsGone) {
    missing.push(`whenSlaveIsGone: ${needs.whenSlaveIsGone}`);
  }
  if (needs.groups !== undefined) {
    const there = expandGroups(spec).map(({ replication }) => replication);
    const wanted = needs.groups.map(({ replication }) => replication);
    if (JSON.stringify(there) !== JSON.stringify(wanted)) {
      missing.push(
        `groups: ${needs.groups.map(({ replication }) => replication ?? "as the mode").join(", ")}`,
      );
    }
  }
  if (needs.steppableClock !== undefined && spec.steppableClock === undefined) {
    missing.push("steppableClock: true");
  }
  if (needs.proxy !== undefined && spec.proxy === false) missing.push("proxy: true");
  if (needs.electUncleanMaster !== undefined && spec.electUncleanMaster !== needs.electUncleanMaster) {
    missing.push(`electUncleanMaster: ${needs.electUncleanMaster}`);
  }
  for (const [key, value] of Object.entries(needs.properties ?? {})) {
    if (spec.properties[key] !== value) missing.push(`properties: { ${key}: ${value} }`);
  }
  return missing;
}
