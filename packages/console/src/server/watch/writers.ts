import type { BrokerWatch } from "./broker-watch.ts";

/**
 * The members of a group that take writes now: one as a rule, none during a failover. The first is the one to write to. There is
 * more than one only if they said so of the same moment: an answer that is older than the other's promotion proves nothing.
 */
export function writersOf(members: readonly BrokerWatch[]): readonly BrokerWatch[] {
  const claimants = members.filter(({ isWriter }) => isWriter);
  const newestTerm = Math.max(...claimants.map(termOf));
  // In Raft an older term's leader can commit nothing.
  const able = claimants.filter((broker) => !broker.isRaft || termOf(broker) === newestTerm);
  const [latest] = able.toSorted((a, b) => b.roleSince - a.roleSince);
  if (latest === undefined) return [];
  return able
    .filter((other) => other === latest || other.roleAskedAt >= latest.roleSince)
    .toSorted((a, b) => termOf(b) - termOf(a) || b.roleSince - a.roleSince || (a.id < b.id ? -1 : 1));
}

export function writerOf(members: readonly BrokerWatch[]): BrokerWatch | undefined {
  return writersOf(members)[0];
}

function termOf({ term }: BrokerWatch): number {
  return term ?? 0;
}
