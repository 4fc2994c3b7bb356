import type { SpecIssue } from "../../errors/spec-error.ts";
import { nodeName } from "../../plan/names.ts";
import type { GroupSpec } from "../cluster-spec.ts";
import type { Rule } from "./check-rules.ts";

const dnsLabel = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
/** `<project>_<node>` has to stay a sane volume name. */
const longestName = 40;
/** A node is a DNS label of at most 63 characters: the group's name, `-` and an index of two digits. */
const longestGroup = 60;
const groupCharacters = /^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$/;
/** RocketMQ makes topics named after cluster and broker group: `TopicValidator` sets the characters and the length. */
const topicCharacters = /^[%|a-zA-Z0-9_-]{1,127}$/;

const otherNodes = ["namesrv", "controller", "proxy", "console"];

function groupProblem(name: string): [string, string] | undefined {
  if (name.length > longestGroup) {
    return [
      `is ${name.length} characters long; a group's name has at most ${longestGroup}`,
      "Its nodes are DNS names: <group>-<index>.",
    ];
  }
  if (!groupCharacters.test(name)) {
    return [
      `${JSON.stringify(name)} is not a group name: letters, digits, - and _, with a letter or digit at both ends`,
      "For example broker-a.",
    ];
  }
  if (otherNodes.includes(name.toLowerCase())) {
    return [`${name} would name its nodes like this cluster's ${name} nodes`, "For example broker-a."];
  }
  return undefined;
}

function* groupNames(groups: readonly GroupSpec[]): Generator<SpecIssue> {
  const seen = new Map<string, string>();
  for (const [index, { name }] of groups.entries()) {
    const path = ["groups", index, "name"];
    const problem = groupProblem(name);
    if (problem !== undefined) yield { code: "NAME", path, message: problem[0], hint: problem[1] };
    const node = nodeName(name, 0);
    const other = seen.get(node);
    if (other !== undefined) {
      yield {
        code: "NAME",
        path,
        message:
          other === name
            ? `the group ${name} is in the list twice`
            : `${name} and ${other} would both name their first node ${node}`,
        hint: "Give each group a name of its own.",
      };
    }
    seen.set(node, name);
  }
}

export const nameRule: Rule = function* (spec) {
  if (!dnsLabel.test(spec.name)) {
    yield {
      code: "NAME",
      path: ["name"],
      message: `${JSON.stringify(spec.name)} cannot name a Compose project: lower-case letters, digits and -, with a letter or digit at both ends`,
      hint: `For example name: ${suggestedName(spec.name)}`,
    };
  } else if (spec.name.length > longestName) {
    yield {
      code: "NAME",
      path: ["name"],
      message: `is ${spec.name.length} characters long; at most ${longestName} are allowed`,
    };
  }
  if (!topicCharacters.test(spec.clusterName)) {
    yield {
      code: "NAME",
      path: ["clusterName"],
      message: `${JSON.stringify(spec.clusterName)} is not a cluster name for RocketMQ: letters, digits, _ - % |, 1 to 127 of them`,
      hint: "RocketMQ makes a topic of this name, so topic rules apply.",
    };
  }
  if (!/^5\.\d{1,3}\.\d{1,3}$/.test(spec.rocketmq)) {
    yield {
      code: "VALUE_INVALID",
      path: ["rocketmq"],
      message: `${JSON.stringify(spec.rocketmq)} is not a version of RocketMQ 5`,
      hint: "Write it in full, e.g. rocketmq: 5.5.0",
    };
  }
  if (typeof spec.groups !== "number") yield* groupNames(spec.groups);
};

function suggestedName(name: string): string {
  const usable = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, longestName);
  return usable === "" ? "demo" : usable;
}
