import type { ClusterPlan, NodePlan } from "../plan/cluster-plan.ts";
import { storedConflicts } from "../stored/stored-conflicts.ts";
import { storedNodes, storedReplication } from "../stored/stored-facts.ts";
import { type Need, needOfKey, needs } from "./key-needs.ts";

/** One thing that differs, at all the nodes where it differs alike. */
export interface PlanChange {
  /** `property` has a key of RocketMQ, `environment` a variable, `port` its purpose; the others are the node's own. */
  readonly what: "node" | "property" | "environment" | "image" | "memory" | "port" | "store-limit" | "mode";
  readonly key?: string;
  readonly nodes: readonly string[];
  /** Undefined: not there, or RocketMQ's default. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly needs: Need;
}

export interface PlanDiff {
  readonly changes: readonly PlanChange[];
  /** The strongest of what the changes need; undefined when nothing differs. */
  readonly needs: Need | undefined;
}

type Change = Omit<PlanChange, "nodes">;

/** What has to happen for `before` to become `after`, by meaning: specs that are written unlike but plan alike do not differ. */
export function diffPlans(before: ClusterPlan, after: ClusterPlan): PlanDiff {
  const found = new Map<string, { change: Change; nodes: string[] }>();
  const add = (node: string, change: Change) => {
    const id = JSON.stringify(change);
    const same = found.get(id);
    if (same === undefined) found.set(id, { change, nodes: [node] });
    else same.nodes.push(node);
  };
  if (before.mode !== after.mode) {
    const isAlike = storedReplication(before.mode) === storedReplication(after.mode);
    add(before.name, {
      what: "mode",
      before: before.mode,
      after: after.mode,
      needs: isAlike ? "restart" : "new-volume",
    });
  }
  const lost = new Set(storedConflicts(storedNodes(before), after).flatMap(({ nodes }) => nodes));
  const old = new Map(before.nodes.map((node) => [node.name, node]));
  for (const node of after.nodes) {
    const was = old.get(node.name);
    old.delete(node.name);
    if (was === undefined) {
      add(node.name, { what: "node", key: node.kind, before: undefined, after: "there", needs: "start" });
      continue;
    }
    for (const change of changesOfNode(after.mode, was, node)) add(node.name, change);
  }
  for (const node of old.values()) {
    const needs = lost.has(node.name) ? "new-volume" : "stop";
    add(node.name, { what: "node", key: node.kind, before: "there", after: undefined, needs });
  }
  const changes = [...found.values()].map(({ change, nodes }) => ({ ...change, nodes }));
  return {
    changes,
    needs: needs.findLast((need) => changes.some((change) => change.needs === need)),
  };
}

function* changesOfNode(mode: ClusterPlan["mode"], was: NodePlan, is: NodePlan): Generator<Change> {
  yield* entries(was.properties, is.properties, "property", (key, from, to) =>
    needOfKey(mode, is.kind, key, from, to),
  );
  yield* entries(was.environment, is.environment, "environment", () => "restart");
  yield* entries(portsOf(was), portsOf(is), "port", () => "restart");
  if (was.image !== is.image) yield { what: "image", before: was.image, after: is.image, needs: "restart" };
  if (was.memoryBytes !== is.memoryBytes) {
    yield {
      what: "memory",
      before: String(was.memoryBytes),
      after: String(is.memoryBytes),
      needs: "restart",
    };
  }
  const limits = [was, is].map((node) =>
    "volume" in node && node.volume.sizeBytes !== undefined ? String(node.volume.sizeBytes) : undefined,
  );
  if (limits[0] !== limits[1]) {
    yield { what: "store-limit", before: limits[0], after: limits[1], needs: "new-volume" };
  }
}

function portsOf(node: NodePlan): Readonly<Record<string, string>> {
  return Object.fromEntries(
    node.ports.map(({ purpose, container, host }) => [
      purpose,
      host === undefined ? String(container) : `${host.address}:${host.port} -> ${container}`,
    ]),
  );
}

function* entries(
  was: Readonly<Record<string, string>>,
  is: Readonly<Record<string, string>>,
  what: PlanChange["what"],
  needOf: (key: string, before: string | undefined, after: string | undefined) => Need,
): Generator<Change> {
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    if (was[key] === is[key]) continue;
    yield { what, key, before: was[key], after: is[key], needs: needOf(key, was[key], is[key]) };
  }
}
