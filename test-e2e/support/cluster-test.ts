import type { PresetName } from "@hotfire/topology";
import { test } from "vitest";
import { type ClusterOptions, startCluster } from "./cluster.ts";
import { shareCluster } from "./shared/shared-cluster.ts";

/** `it` for a file whose tests break their cluster, or start it in a way of its own: up before the first, gone after the last. */
export function clusterTest(options: ClusterOptions) {
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures this one needs
  return test.extend("cluster", { scope: "file" }, async ({}, { onCleanup }) => {
    const cluster = await startCluster(options);
    onCleanup(() => cluster[Symbol.asyncDispose]());
    return cluster;
  });
}

/** `it` for a file whose tests leave a preset's cluster whole, which is checked: the run has one of each for all of them. */
export function sharedClusterTest(preset: PresetName) {
  // biome-ignore lint/correctness/noEmptyPattern: as above
  return test.extend("cluster", { scope: "file" }, async ({}, { onCleanup }) => {
    const { cluster, giveBack } = await shareCluster(preset);
    onCleanup(giveBack);
    return cluster;
  });
}
