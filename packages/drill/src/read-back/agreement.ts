import type { QueueEnds, Replica } from "./replica.ts";

/** Whether every replica of every group was reached, one of each leads, and all have the same queues with the same ends. */
export function isAgreed(replicas: readonly Replica[]): boolean {
  return groupsOf(replicas).every((members) => {
    const ends = new Set(members.map(({ queues }) => queues && inText(queues)));
    return ends.size === 1 && !ends.has(undefined) && members.some(({ isMaster }) => isMaster);
  });
}

/** For each group the replica that clients read: the one that leads, else the one that holds most. */
export function authoritativeOf(replicas: readonly Replica[]): ReadonlyMap<string, string> {
  return new Map(
    groupsOf(replicas).flatMap((members): [string, string][] => {
      const [best] = members.toSorted(
        (a, b) =>
          Number(b.isMaster) - Number(a.isMaster) || held(b) - held(a) || a.node.localeCompare(b.node),
      );
      return best === undefined ? [] : [[best.group, best.node]];
    }),
  );
}

/** Queues that any replica of any group has: what another one does not have is empty there, or not to be read. */
export function queueIds(replicas: readonly Replica[]): number[] {
  return [...new Set(replicas.flatMap(({ queues }) => [...(queues?.keys() ?? [])]))].sort((a, b) => a - b);
}

export function groupsOf(replicas: readonly Replica[]): Replica[][] {
  const groups = new Map<string, Replica[]>();
  for (const replica of replicas) {
    const members = groups.get(replica.group);
    if (members === undefined) groups.set(replica.group, [replica]);
    else members.push(replica);
  }
  return [...groups.values()];
}

function inText(queues: ReadonlyMap<number, QueueEnds>): string {
  return JSON.stringify([...queues].sort(([a], [b]) => a - b));
}

/** -1 for a replica that could not be asked. */
function held({ queues }: Replica): number {
  return queues === undefined ? -1 : [...queues.values()].reduce((sum, { from, to }) => sum + to - from, 0);
}
