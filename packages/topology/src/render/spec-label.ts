import { SpecError } from "../errors/spec-error.ts";
import type { ClusterSpec } from "../spec/cluster-spec.ts";
import { checkSpec } from "../spec/parse-spec.ts";

const source = "label io.hotfire.spec";

/** The spec as one line of JSON, for the label that every container carries. */
export function specToLabel(spec: ClusterSpec): string {
  return JSON.stringify(spec);
}

/**
 * The spec of a container's label, from which its plan can be made again.
 * @throws SpecError when the label was not written by a compatible version.
 */
export function specFromLabel(label: string): ClusterSpec {
  let value: unknown;
  try {
    value = JSON.parse(label);
  } catch (cause) {
    throw new SpecError(
      "SPEC_UNREADABLE",
      source,
      [{ code: "VALUE_TYPE", path: [], message: "the label is not JSON" }],
      cause,
    );
  }
  return checkSpec(value, source);
}
