import type { ClusterPlan } from "@hotfire/topology";
import type { SyncStateStatus } from "../status/cluster-status.ts";
import { type EpochView, judgeEpochs } from "../status/controller-epochs.ts";
import type { ControllerFacts } from "../status/controller-facts.ts";
import type { Claim } from "./claim.ts";

/** Controller mode: one active controller that all agree on, and every broker in its group's sync-state set. */
export function claimController(
  plan: ClusterPlan,
  controllers: ReadonlyMap<string, ControllerFacts>,
  syncStates: ReadonlyMap<string, SyncStateStatus>,
  epochs: readonly EpochView[],
): Claim[] {
  const entries = [...controllers];
  const active = entries.filter(([, facts]) => facts.metadata?.isLeader === true).map(([name]) => name);
  const leaderIds = new Set(entries.map(([, facts]) => facts.metadata?.leaderId));
  const all = entries.every(([, facts]) => facts.metadata !== undefined);
  const agree = active.length === 1 && leaderIds.size === 1;
  const activeClaim: Claim = {
    id: "controller-active",
    claim: "one controller is active, by every controller's own word",
    result:
      all && agree ? "pass" : entries.every(([, facts]) => facts.metadata === undefined) ? "unknown" : "fail",
    evidence: entries.map(([name, { metadata, problem }]) =>
      metadata === undefined
        ? `${name} could not be asked: ${problem ?? "no answer"}`
        : `${name}: leader is ${metadata.leaderId ?? "none"}${metadata.isLeader ? " (itself)" : ""}`,
    ),
  };
  const sets = plan.groups.map((group): Claim => {
    const state = syncStates.get(group.name);
    const claim = `every broker of ${group.name} is in its sync-state set`;
    const base = { id: "sync-state-set", group: group.name, claim };
    if (state === undefined)
      return { ...base, result: "unknown", evidence: ["no active controller knows the group"] };
    const complete = group.brokers.every(({ name }) => state.inSync.includes(name));
    const outside = state.outOfSync.length === 0 ? "" : `, out of sync ${state.outOfSync.join(", ")}`;
    const text = `master ${state.master ?? "none"}, epoch ${state.masterEpoch}, in sync ${state.inSync.join(", ") || "none"}${outside}`;
    return { ...base, result: complete && state.master !== undefined ? "pass" : "fail", evidence: [text] };
  });
  return [activeClaim, ...sets, ...epochs.map(claimEpochs)];
}

const results = { agree: "pass", disagree: "fail", unknown: "unknown" } as const;

function claimEpochs(view: EpochView): Claim {
  const { result, lines } = judgeEpochs(view);
  return {
    id: "controller-epochs",
    group: view.group,
    claim: `every controller counts the same epochs of ${view.group}, and no broker is ahead of them`,
    result: results[result],
    evidence: lines,
  };
}
