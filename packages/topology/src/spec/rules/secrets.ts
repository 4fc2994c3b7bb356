import { isSecret } from "../../config-keys/secret-keys.ts";
import type { SpecIssue } from "../../errors/spec-error.ts";
import type { ClusterSpec, Properties } from "../cluster-spec.ts";
import type { Rule } from "./check-rules.ts";

/** Where a secret belongs. */
export const secretsInstead =
  "Mount a file with it at the node's /etc/rocketmq/rocketmq.conf, readable by uid 3000 alone (docker/README.md, Secrets).";

/**
 * A spec stands in Compose files that people commit, in a label of every container, which everybody sees who may ask the engine, and
 * in exports: no secret is taken into one. Specs of running clusters are not judged by this rule: those of older versions may have some.
 */
export const secretRule: Rule = function* (spec) {
  for (const [path, properties] of allProperties(spec)) {
    for (const [key, value] of Object.entries(properties)) {
      if (!isSecret(key, value)) continue;
      yield {
        code: "PROPERTY_SECRET",
        path: [...path, key],
        message:
          "is a secret: a spec stands in labels of containers and in Compose files, for others to read",
        hint: secretsInstead,
      };
    }
  }
};

function* allProperties(spec: ClusterSpec): Generator<readonly [SpecIssue["path"], Properties]> {
  for (const key of ["properties", "namesrvProperties", "controllerProperties", "proxyProperties"] as const) {
    yield [[key], spec[key]];
  }
  if (typeof spec.groups === "number") return;
  for (const [index, group] of spec.groups.entries()) {
    yield [["groups", index, "properties"], group.properties];
    for (const [position, node] of group.nodes.entries()) {
      yield [["groups", index, "nodes", position, "properties"], node.properties];
    }
  }
}
