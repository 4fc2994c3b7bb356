import type { ClusterPlan } from "@hotfire/topology";
import { DrillError } from "../errors/drill-error.ts";
import type { TargetToken } from "./drill-definition.ts";

export interface ResolvedToken {
  /** A target of the engine: `broker-a:leader`, `namesrv-0`, `controller:all`. */
  readonly target: string;
  /** Whether one node is meant where the target fits several. */
  readonly single: boolean;
}

/**
 * All targets of one fault, in the words of a cluster. Of several, those of kinds that the cluster does not have are left out.
 * @throws DrillError DRILL_NOT_APPLICABLE when the cluster has no second group.
 */
export function resolveTokens(
  tokens: TargetToken | readonly TargetToken[],
  plan: ClusterPlan,
): ResolvedToken[] {
  if (tokens === "cluster:all") return resolveTokens(everything, plan);
  if (typeof tokens === "string") return [resolveToken(tokens, plan)];
  return tokens.filter((token) => hasKind(token, plan)).map((token) => resolveToken(token, plan));
}

const everything: readonly TargetToken[] = ["namesrv:all", "controller:all", "broker:all"];

function hasKind(token: TargetToken, plan: ClusterPlan): boolean {
  const [place = ""] = token.split(":");
  return place === "first" || place === "second" || plan.nodes.some(({ kind }) => kind === place);
}

/** A drill's target in the words of a cluster. Which node has a role is found out when the fault is injected. */
export function resolveToken(token: TargetToken, plan: ClusterPlan): ResolvedToken {
  if (token === "namesrv:first") return { target: firstNamesrv(plan), single: true };
  const [place = "", who = ""] = token.split(":");
  if (token === "controller:replica") return { target: "controller:follower", single: true };
  if (place !== "first" && place !== "second") return { target: token, single: who === "leader" };
  const group = groupAt(place, plan).name;
  const isRaft = plan.mode === "dledger";
  if (who === "all") return { target: `${group}:all`, single: false };
  if (who === "writer") return { target: `${group}:${isRaft ? "leader" : "master"}`, single: true };
  return { target: `${group}:${isRaft ? "follower" : "slave"}`, single: who === "replica" };
}

/** @throws DrillError DRILL_NOT_APPLICABLE when the cluster has no second group. */
export function groupAt(place: "first" | "second", plan: ClusterPlan): ClusterPlan["groups"][number] {
  const group = plan.groups[place === "first" ? 0 : 1];
  if (group !== undefined) return group;
  throw new DrillError("DRILL_NOT_APPLICABLE", `The drill needs a ${place} broker group.`, {
    hint: "Run it on a spec with two groups, for example --on dledger-2x3.",
  });
}

function firstNamesrv(plan: ClusterPlan): string {
  const first = plan.nodes.find((node) => node.kind === "namesrv");
  if (first !== undefined) return first.name;
  throw new DrillError("DRILL_NOT_APPLICABLE", "The cluster has no name server.");
}
