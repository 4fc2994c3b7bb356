import { type ConfigKind, configKeys, nearestKey, valueProblem } from "@hotfire/config";
import type { ClusterSpec, GroupSpec, Properties } from "../spec/cluster-spec.ts";
import type { PlanWarning } from "./cluster-plan.ts";

/** What the images refuse to start with, said before they do. */
export function* propertyWarnings(spec: ClusterSpec, groups: readonly GroupSpec[]): Generator<PlanWarning> {
  const seen = new Set<string>();
  const all: readonly (readonly [ConfigKind, Properties])[] = [
    ["namesrv", spec.namesrvProperties],
    ["controller", spec.controllerProperties],
    ["broker", spec.properties],
    ...groups.flatMap((group): (readonly [ConfigKind, Properties])[] => [
      ["broker", group.properties],
      ...group.nodes.map((node) => ["broker", node.properties] as const),
    ]),
  ];
  for (const [kind, properties] of all) {
    for (const [key, value] of Object.entries(properties)) {
      const id = `${kind} ${key}=${value}`;
      if (seen.has(id)) continue;
      seen.add(id);
      yield* check(kind, key, value);
    }
  }
}

function* check(kind: ConfigKind, key: string, value: string): Generator<PlanWarning> {
  const known = configKeys(kind).get(key);
  if (known === undefined) {
    const meant = nearestKey(kind, key);
    yield {
      code: "PROPERTY_UNKNOWN",
      message: `RocketMQ's ${kind} has no key ${key}, and a node with it does not start`,
      hint: meant === undefined ? "See hotfire config keys." : `Did you mean ${meant}?`,
    };
    return;
  }
  const problem = valueProblem(known, value);
  if (problem === undefined) return;
  yield {
    code: "PROPERTY_VALUE",
    message: `${key}=${value} is ${problem}, and a ${kind} with it does not start`,
    hint: `See hotfire config keys ${key}.`,
  };
}
