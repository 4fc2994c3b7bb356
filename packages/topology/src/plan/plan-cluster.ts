import type { ClusterSpec } from "../spec/cluster-spec.ts";
import { expandGroups } from "../spec/normalise.ts";
import type { ClusterPlan, GroupPlan } from "./cluster-plan.ts";
import { planContext } from "./context.ts";
import { planGroup } from "./plan-broker.ts";
import { planControllers } from "./plan-controller.ts";
import { planNamesrvs } from "./plan-namesrv.ts";
import { planProxies } from "./plan-proxy.ts";

/** Every node of the cluster with its identity, ports, configuration, memory and volume. Pure, and linear in the groups. */
export function planCluster(spec: ClusterSpec): ClusterPlan {
  const context = planContext(spec);
  const groups: GroupPlan[] = [];
  let position = 0;
  for (const group of expandGroups(spec)) {
    groups.push(planGroup(context, group, position));
    position += group.replicas;
  }
  const brokers = groups.flatMap((group) => group.brokers);
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
      ...planProxies(context, brokers),
    ],
    groups,
    warnings: [],
  };
}
