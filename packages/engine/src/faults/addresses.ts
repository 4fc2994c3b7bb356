import type { ClusterPlan } from "@hotfire/topology";
import { containerAddress, isBroker, type Member, mainPortOf } from "../clusters/members.ts";
import type { PeerSet } from "./fault.ts";

/** IPv4 addresses that a network fault is about: those listed, or all but those listed. */
export interface AddressSet {
  readonly set: PeerSet;
  readonly not: boolean;
  readonly addresses: readonly string[];
  /** `ADDRESS:PORT` of those who can be tried, from the node. */
  readonly tries: readonly string[];
}

/** The nodes of a peer set; of `clients`, which are no nodes, the proxies and the console. `hit`: what the fault hits. */
export function membersOfSet(
  set: PeerSet,
  node: Member,
  members: readonly Member[],
  hit: readonly string[],
): Member[] {
  const others = members.filter(({ plan }) => plan.name !== node.plan.name);
  switch (set) {
    case "peers":
      if (node.plan.kind === "controller") return others.filter(({ plan }) => plan.kind === "controller");
      if (!isBroker(node)) return [];
      return others.filter((other) => isBroker(other) && other.plan.group === node.plan.group);
    case "namesrvs":
      return others.filter(({ plan }) => plan.kind === "namesrv");
    case "controllers":
      return others.filter(({ plan }) => plan.kind === "controller");
    case "clients":
      return others.filter(isClient);
    case "rest":
      return others.filter((other) => !isClient(other) && !hit.includes(other.plan.name));
  }
}

function isClient({ plan }: Member): boolean {
  return plan.kind === "proxy" || plan.kind === "console";
}

/** Whether a plan has anybody in a set at all: a single master has no peers. */
export function hasAnybody(set: PeerSet, node: string, plan: ClusterPlan): boolean {
  if (set === "clients") return true;
  const members = plan.nodes.map((node) => ({ plan: node, container: undefined }));
  const member = members.find((candidate) => candidate.plan.name === node);
  return member !== undefined && membersOfSet(set, member, members, [node]).length > 0;
}

/**
 * Addresses as the containers have them now. One that restarts later may come back with another address, and is then a
 * client by this reckoning, and nobody's peer.
 */
export function addressesOf(
  set: PeerSet,
  node: Member,
  members: readonly Member[],
  hit: readonly string[],
): AddressSet {
  const found = membersOfSet(set, node, members, hit);
  if (set !== "clients") {
    return { set, not: false, addresses: found.flatMap(addresses), tries: found.flatMap(dialled) };
  }
  const nodes = members.filter((member) => !isClient(member));
  // Where nobody listens, so that the host refuses: an answer all the same.
  return {
    set,
    not: true,
    addresses: nodes.flatMap(addresses),
    tries: ["gateway:9", ...found.flatMap(dialled)],
  };
}

function addresses(member: Member): string[] {
  return Object.values(member.container?.addresses ?? {});
}

function dialled(member: Member): string[] {
  const address = containerAddress(member);
  const port = mainPortOf(member.plan)?.container;
  if (member.container?.state !== "running" || address === undefined || port === undefined) return [];
  return [`${address}:${port}`];
}
