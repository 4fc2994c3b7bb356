import type { NodeStatus } from "../status/cluster-status.ts";

/** Byte position up to which a group's DLedger leader has committed. Undefined in other modes, and without a leader. */
export function committedByLeader(group: readonly NodeStatus[]): number | undefined {
  return committedOf(group.find(({ role }) => role === "leader"));
}

/**
 * DLedger brokers that answer and have less than `wanted`. Positions of one moment differ under load: held against the
 * leader's of an earlier look, a follower is there or behind.
 */
export function behind(group: readonly NodeStatus[], wanted: number): string[] {
  return group.filter((node) => (committedOf(node) ?? wanted) < wanted).map(({ name }) => name);
}

/** Names of the slaves that are in sync with the group's master, by its own word; undefined when there is no such master. */
export function slavesInSync(group: readonly NodeStatus[]): string[] | undefined {
  const master = group.map(({ replication }) => replication).find((one) => one?.kind === "master");
  return master?.kind === "master"
    ? master.slaves.filter(({ inSync }) => inSync).map(({ node }) => node)
    : undefined;
}

function committedOf(node: NodeStatus | undefined): number | undefined {
  return node?.replication?.kind === "dledger" ? node.replication.committed : undefined;
}
