import type { ClusterSpec } from "../spec/cluster-spec.ts";
import { parseSpec } from "../spec/parse-spec.ts";

/** The spec as one line of JSON, for the label that every container carries. */
export function specToLabel(spec: ClusterSpec): string {
  return JSON.stringify(spec);
}

/**
 * The spec of a container's label, from which its plan can be made again.
 * @throws SpecError when the label was not written by a compatible version.
 */
export function specFromLabel(label: string): ClusterSpec {
  return parseSpec(label, { source: "label io.hotfire.spec" });
}
