import type { SpecIssue } from "../../errors/spec-error.ts";
import type { ClusterSpec, GroupSpec } from "../cluster-spec.ts";
import { expandGroups } from "../normalise.ts";
import type { SpecDraft } from "../schema.ts";
import type { Rule } from "./check-rules.ts";

/** More brokers than that in one spec is a slip of the keyboard. */
const mostBrokers = 10_000;

function replicaProblem(spec: ClusterSpec, replicas: number): [string, string] | undefined {
  switch (spec.mode) {
    case "single-master":
    case "multi-master":
      return replicas === 1
        ? undefined
        : [
            `${spec.mode} has one broker per group, not ${replicas}`,
            "For slaves choose mode: master-slave-async.",
          ];
    case "master-slave-async":
    case "master-slave-sync":
      return replicas >= 2
        ? undefined
        : [
            `${spec.mode} needs a master and at least one slave per group: replicas 2 or more`,
            "For masters alone choose mode: multi-master.",
          ];
    case "dledger":
      if (replicas === 1)
        return [
          "one DLedger node alone has no other to fail over to",
          "Use replicas: 3, or mode: single-master.",
        ];
      return replicas >= 3
        ? undefined
        : [
            "2 DLedger nodes tolerate no failure: the majority of 2 is 2, so either's death stops the group",
            "Use replicas: 3.",
          ];
    case "controller":
      return replicas >= 2
        ? undefined
        : [
            "controller mode needs a broker to switch to: replicas 2 or more",
            "Use replicas: 3, or mode: single-master.",
          ];
  }
}

function* groupReplicas(
  spec: ClusterSpec,
  draft: SpecDraft,
  groups: readonly GroupSpec[],
): Generator<SpecIssue> {
  const written = Array.isArray(draft.groups) ? draft.groups : [];
  const inherits = typeof spec.groups === "number" || written.some((group) => group.replicas === undefined);
  const common = inherits ? replicaProblem(spec, spec.replicas) : undefined;
  if (common !== undefined)
    yield { code: "REPLICAS", path: ["replicas"], message: common[0], hint: common[1] };
  if (typeof spec.groups === "number") return;
  for (const [index, group] of groups.entries()) {
    const problem = written[index]?.replicas === undefined ? undefined : replicaProblem(spec, group.replicas);
    if (problem !== undefined) {
      yield { code: "REPLICAS", path: ["groups", index, "replicas"], message: problem[0], hint: problem[1] };
    }
    const isPair = spec.mode === "master-slave-async" || spec.mode === "master-slave-sync";
    if (group.replication !== undefined && !isPair) {
      yield {
        code: "MODE_MISMATCH",
        path: ["groups", index, "replication"],
        message: `belongs to the master-slave modes, this is ${spec.mode}`,
        hint: "Remove the key, or change the mode.",
      };
    }
    if (group.nodes.length > group.replicas) {
      yield {
        code: "REPLICAS",
        path: ["groups", index, "nodes"],
        message: `lists ${group.nodes.length} nodes, but the group has ${group.replicas}`,
        hint: `Remove entries, or set replicas: ${group.nodes.length} for this group.`,
      };
    }
  }
}

/** How many groups, brokers, name servers, controllers and proxies there may be. */
export const replicaRule: Rule = function* (spec, draft) {
  const groups = expandGroups(spec);
  if (groups.length === 0) {
    yield { code: "REPLICAS", path: ["groups"], message: "a cluster has at least one broker group" };
  }
  if (spec.mode === "single-master" && groups.length > 1) {
    yield {
      code: "REPLICAS",
      path: ["groups"],
      message: `single-master has one group, not ${groups.length}`,
      hint: "For several masters choose mode: multi-master.",
    };
  }
  if (spec.mode === "multi-master" && groups.length === 1) {
    yield {
      code: "REPLICAS",
      path: ["groups"],
      message: "multi-master needs at least 2 groups: with one, no other takes over",
      hint: "Use groups: 2, or mode: single-master.",
    };
  }
  yield* groupReplicas(spec, draft, groups);

  const brokers = groups.reduce((sum, group) => sum + group.replicas, 0);
  if (brokers > mostBrokers) {
    yield {
      code: "REPLICAS",
      path: ["groups"],
      message: `makes ${brokers} brokers; at most ${mostBrokers} are planned`,
    };
  }
  if (spec.namesrvs === 0) {
    yield {
      code: "REPLICAS",
      path: ["namesrvs"],
      message: "without a name server no client finds a broker",
      hint: "Use namesrvs: 2.",
    };
  }
  if (spec.mode === "controller" && spec.controllers === 0) {
    yield {
      code: "REPLICAS",
      path: ["controllers"],
      message: "controller mode has at least one controller",
      hint: "Use controllers: 3, so that one may die.",
    };
  }
  if (spec.proxy !== false && spec.proxy.replicas === 0) {
    yield {
      code: "REPLICAS",
      path: ["proxy", "replicas"],
      message: "must be at least 1",
      hint: "No proxy is proxy: false.",
    };
  }
  if (spec.mode !== "controller" && (draft.controllers ?? 0) > 0) {
    yield {
      code: "MODE_MISMATCH",
      path: ["controllers"],
      message: `controllers belong to mode: controller, this is ${spec.mode}`,
      hint: "Remove the key, or change the mode.",
    };
  }
  if (spec.whenSlaveIsGone === undefined && draft.whenSlaveIsGone !== undefined) {
    yield {
      code: "MODE_MISMATCH",
      path: ["whenSlaveIsGone"],
      message: `has a meaning in master-slave-sync and controller only, this is ${spec.mode}`,
      hint: "Remove the key, or change the mode.",
    };
  }
  if (spec.electUncleanMaster === undefined && draft.electUncleanMaster !== undefined) {
    yield {
      code: "MODE_MISMATCH",
      path: ["electUncleanMaster"],
      message: `belongs to mode: controller, this is ${spec.mode}`,
      hint: "Remove the key, or change the mode.",
    };
  }
};
