import type { ClusterPlan, NodePlan } from "../plan/cluster-plan.ts";

/** Node name -> what its process says it runs with. Nodes that did not answer are left out. */
export type EffectiveConfiguration = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Elections decide roles and ids, whatever a file says; configStorePath is the file that the launcher writes at each start. */
const decidedElsewhere: ReadonlySet<string> = new Set([
  "brokerId",
  "brokerRole",
  "configStorePath",
  "haMasterAddress",
]);

/**
 * A plan with the values that its processes really have, for the keys that it or the other plan sets: what was changed at run time
 * shows, RocketMQ's hundreds of defaults do not.
 */
export function withEffective(
  plan: ClusterPlan,
  effective: EffectiveConfiguration,
  other: ClusterPlan,
): ClusterPlan {
  const wanted = new Map(other.nodes.map((node) => [node.name, node]));
  return {
    ...plan,
    nodes: plan.nodes.map((node) => seen(node, effective.get(node.name), wanted.get(node.name))),
  };
}

function seen(
  node: NodePlan,
  values: ReadonlyMap<string, string> | undefined,
  other: NodePlan | undefined,
): NodePlan {
  if (values === undefined) return node;
  const properties: Record<string, string> = { ...node.properties };
  for (const key of new Set([...Object.keys(node.properties), ...Object.keys(other?.properties ?? {})])) {
    const value = values.get(key);
    if (value === undefined || decidedElsewhere.has(key)) continue;
    properties[key] = value;
  }
  return { ...node, properties };
}
