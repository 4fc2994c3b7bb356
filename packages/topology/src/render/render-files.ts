import { rocketmqConf } from "@hotfire/config";
import type { ClusterPlan } from "../plan/cluster-plan.ts";

/** RocketMQ's own file of every node, named after it: what `importFiles` makes a spec of again. */
export function renderFiles(plan: ClusterPlan): { readonly name: string; readonly text: string }[] {
  // The console is none of RocketMQ's nodes.
  const nodes = plan.nodes.filter(({ kind }) => kind !== "console");
  return nodes.map((node) => ({
    name: `${node.name}.${node.kind === "proxy" ? "json" : "conf"}`,
    text: rocketmqConf(node),
  }));
}
