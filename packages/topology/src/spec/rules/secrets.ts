import { isSecret } from "@hotfire/config";
import type { Rule } from "./check-rules.ts";
import { propertyMaps } from "./property-maps.ts";

/** Where a secret belongs. */
export const secretsInstead =
  "Mount a file with it at the node's /etc/rocketmq/rocketmq.conf, readable by uid 3000 alone (docker/README.md, Secrets).";

/**
 * A spec stands in Compose files that people commit, in a label of every container, which every user of the engine can read, and
 * in exports: no secret is taken into one. Specs of running clusters are not judged by this rule: those of older versions may have some.
 */
export const secretRule: Rule = function* (spec) {
  for (const { path, properties } of propertyMaps(spec)) {
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
