import type { ClusterSpec } from "../spec/cluster-spec.ts";
import { expandGroups } from "../spec/normalise.ts";
import type { ClusterPlan, GroupPlan } from "./cluster-plan.ts";
import { planContext } from "./context.ts";
import { planGroup } from "./plan-broker.ts";
import { planConsole } from "./plan-console.ts";
import { planControllers } from "./plan-controller.ts";
import { planNamesrvs } from "./plan-namesrv.ts";
import { planProxies } from "./plan-proxy.ts";
import { planWarnings } from "./warnings.ts";

/** Every node of the cluster with its identity, ports, configuration, memory and volume. Pure, and linear in the groups. */
export function planCluster(spec: ClusterSpec): ClusterPlan {
  const context = planContext(spec);
  const groups: GroupPlan[] = [];
  let position = 0;
  const groupSpecs = expandGroups(spec);
  for (const group of groupSpecs) {
    groups.push(planGroup(context, group, position));
    position += group.replicas;
  }
  const brokers = groups.flatMap((group) => group.brokers);
  const proxies = planProxies(context, brokers);
  return {
    name: spec.name,
    project: context.project,
    clusterName: spec.clusterName,
    mode: spec.mode,
    spec,
    nodes: [
      ...planNamesrvs(context),
      ...planControllers(context),
      ...brokers,
      ...proxies,
      ...planConsole(context, brokers, proxies),
    ],
    groups,
    warnings: [...planWarnings(spec, groupSpecs)],
  };
}
