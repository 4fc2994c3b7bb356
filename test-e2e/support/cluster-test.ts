import { test } from "vitest";
import { type ClusterOptions, startCluster } from "./cluster.ts";

/** `it` for a file whose tests share one cluster: up before the first, down and gone after the last. */
export function clusterTest(options: ClusterOptions) {
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures this one needs
  return test.extend("cluster", { scope: "file" }, async ({}, { onCleanup }) => {
    const cluster = await startCluster(options);
    onCleanup(() => cluster[Symbol.asyncDispose]());
    return cluster;
  });
}
