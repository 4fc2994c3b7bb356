import type { SpecIssue } from "../../errors/spec-error.ts";
import type { ClusterSpec, Properties } from "../cluster-spec.ts";

/** A place of a spec where RocketMQ's keys may be written, and whose keys they are. */
export interface PropertyMap {
  readonly kind: "broker" | "namesrv" | "controller" | "proxy";
  readonly path: SpecIssue["path"];
  readonly properties: Properties;
}

/** For all nodes of a kind. */
export function* commonProperties(spec: ClusterSpec): Generator<PropertyMap> {
  yield { kind: "broker", path: ["properties"], properties: spec.properties };
  yield { kind: "namesrv", path: ["namesrvProperties"], properties: spec.namesrvProperties };
  yield { kind: "controller", path: ["controllerProperties"], properties: spec.controllerProperties };
  yield { kind: "proxy", path: ["proxyProperties"], properties: spec.proxyProperties };
}

/** For the brokers of one group, or one of them. */
export function* groupProperties(spec: ClusterSpec): Generator<PropertyMap> {
  if (typeof spec.groups === "number") return;
  for (const [index, group] of spec.groups.entries()) {
    yield { kind: "broker", path: ["groups", index, "properties"], properties: group.properties };
    for (const [position, node] of group.nodes.entries()) {
      const path = ["groups", index, "nodes", position, "properties"];
      yield { kind: "broker", path, properties: node.properties };
    }
  }
}

export function* propertyMaps(spec: ClusterSpec): Generator<PropertyMap> {
  yield* commonProperties(spec);
  yield* groupProperties(spec);
}
