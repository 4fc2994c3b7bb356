import type { NodeKind } from "@hotfire/topology";
import { EngineError } from "../errors/engine-error.ts";

export const targetRoles = ["leader", "follower", "master", "slave"] as const;
export type TargetRole = (typeof targetRoles)[number];

/** A node by name, or by the role that it has in its group at the moment of the action. */
export type Target =
  | { readonly by: "node"; readonly name: string }
  | { readonly by: "role"; readonly group: string; readonly role: TargetRole }
  /** All of a broker group, or of a kind of node: `namesrv:all`. */
  | { readonly by: "all"; readonly of: string };

/** What is known of a node when a target is resolved. */
export interface Candidate {
  readonly node: string;
  readonly kind: NodeKind;
  /** Broker group, or `controller` for controllers. */
  readonly group: string | undefined;
  readonly role: TargetRole | undefined;
}

const grammar =
  "A target is a node (broker-a-0, namesrv-0), GROUP:ROLE (broker-a:leader, controller:leader), or all of a group or kind (broker-a:all, namesrv:all).";

/** Reads `broker-a-0` or `broker-a:leader`. */
export function parseTarget(text: string): Target {
  const [group, role, ...rest] = text.split(":");
  if (group === undefined || group === "" || rest.length > 0) {
    throw new EngineError("TARGET_INVALID", `"${text}" is not a target.`, { hint: grammar });
  }
  if (role === undefined) return { by: "node", name: group };
  if (role === "all") return { by: "all", of: group };
  const known = targetRoles.find((candidate) => candidate === role);
  if (known === undefined) {
    throw new EngineError(
      "TARGET_INVALID",
      `"${role}" is not a role; roles are ${targetRoles.join(", ")}, all.`,
      {
        hint: grammar,
      },
    );
  }
  return { by: "role", group, role: known };
}

export function describeTarget(target: Target): string {
  switch (target.by) {
    case "node":
      return target.name;
    case "role":
      return `${target.group}:${target.role}`;
    case "all":
      return `${target.of}:all`;
  }
}

/** Leader and master are the same place in a group: the one that takes writes. */
function samePlace(a: TargetRole, b: TargetRole): boolean {
  const isFirst = (role: TargetRole) => role === "leader" || role === "master";
  return isFirst(a) === isFirst(b);
}

/** Every node that fits; an unknown node or group, or a role that nobody has, is an error that names what is there. */
export function matchTarget(target: Target, candidates: readonly Candidate[]): string[] {
  if (target.by === "node") {
    if (candidates.some((candidate) => candidate.node === target.name)) return [target.name];
    throw new EngineError("TARGET_NOT_FOUND", `The cluster has no node "${target.name}".`, {
      hint: `Its nodes: ${candidates.map((candidate) => candidate.node).join(", ")}.`,
    });
  }
  if (target.by === "all") {
    const all = candidates.filter(({ group, kind }) => group === target.of || kind === target.of);
    if (all.length > 0) return all.map(({ node }) => node);
    const known = new Set(candidates.flatMap(({ group, kind }) => [kind, group ?? kind]));
    throw new EngineError("TARGET_NOT_FOUND", `The cluster has no group or kind of node "${target.of}".`, {
      hint: `It has: ${[...known].join(", ")}.`,
    });
  }
  const group = candidates.filter((candidate) => candidate.group === target.group);
  if (group.length === 0) {
    const groups = [...new Set(candidates.flatMap((candidate) => candidate.group ?? []))];
    throw new EngineError("TARGET_NOT_FOUND", `The cluster has no group "${target.group}".`, {
      hint: `Its groups: ${groups.join(", ")}.`,
    });
  }
  const fitting = group.filter(({ role }) => role !== undefined && samePlace(role, target.role));
  if (fitting.length > 0) return fitting.map((candidate) => candidate.node);
  throw new EngineError("TARGET_NOT_FOUND", `No node is ${target.role} of ${target.group} at this moment.`, {
    hint: `Seen: ${group.map(({ node, role }) => `${node} (${role ?? "role unknown"})`).join(", ")}.`,
  });
}

/** The one node that fits; several are an error that names them. */
export function matchOneTarget(target: Target, candidates: readonly Candidate[]): string {
  const [node, ...others] = matchTarget(target, candidates);
  if (node !== undefined && others.length === 0) return node;
  throw new EngineError("TARGET_AMBIGUOUS", `${others.length + 1} nodes are ${describeTarget(target)}.`, {
    hint: `Name one of them: ${[node, ...others].join(", ")}.`,
  });
}
