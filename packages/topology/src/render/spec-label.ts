import { yamlParser } from "@hotfire/config";
import { z } from "zod";
import { SpecError } from "../errors/spec-error.ts";
import { labels } from "../labels.ts";
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

const composeFile = z.object({ "x-cluster": z.record(z.string(), z.unknown()) });

/** The spec that a Compose file of ours was rendered from; undefined for any other text. */
export function specOfCompose(text: string): ClusterSpec | undefined {
  try {
    const file = composeFile.parse(yamlParser().parse(text, { merge: true, maxAliasCount: -1 }));
    const label = file["x-cluster"][labels.spec];
    // Compose takes $$ for a dollar.
    return typeof label === "string" ? specFromLabel(label.replaceAll("$$", "$")) : undefined;
  } catch {
    return undefined;
  }
}
