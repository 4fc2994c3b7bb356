import { labels, type StoredFacts, type StoredNodes, storedFromLabel, storedNodes } from "@hotfire/topology";
import type { FoundCluster } from "../clusters/found-cluster.ts";
import { planOf } from "../clusters/members.ts";
import { isEngineError } from "../errors/engine-error.ts";

/** What the data on a cluster's volumes was written by: their labels say so, or, of older ones, the containers' spec. */
export function storedOf(cluster: FoundCluster | undefined): StoredNodes {
  if (cluster === undefined || cluster.volumes.length === 0) return new Map();
  let planned: StoredNodes | undefined;
  const found = cluster.volumes.flatMap((volume): (readonly [string, StoredFacts])[] => {
    const node = volume.labels[labels.node];
    if (node === undefined) return [];
    planned ??= plannedOf(cluster);
    const facts = storedFromLabel(volume.labels[labels.stored] ?? "") ?? planned.get(node);
    return facts === undefined ? [] : [[node, facts]];
  });
  return new Map(found);
}

/** Volumes without label and without containers, or with a spec of another version, are not known. */
function plannedOf(cluster: FoundCluster): StoredNodes {
  try {
    return storedNodes(planOf(cluster));
  } catch (error) {
    if (isEngineError(error)) return new Map();
    throw error;
  }
}
