import type { AuthorityRecord } from "@hotfire/judge/history";
import type { QueueEnds, Replica } from "./replica.ts";

/** Whether every replica of every group was reached, one of each leads, and all have the same queues with the same ends. */
export function isAgreed(replicas: readonly Replica[]): boolean {
  return groupsOf(replicas).every((members) => {
    const ends = new Set(members.map(({ queues }) => queues && inText(queues)));
    return ends.size === 1 && !ends.has(undefined) && members.some(({ isMaster }) => isMaster);
  });
}

/** Name server -> group -> the master that it routes clients to. */
export type RoutedMasters = ReadonlyMap<string, ReadonlyMap<string, string>>;

export type Authority = Omit<AuthorityRecord, "type" | "at">;

/**
 * For each group the replica that clients read: the one that all name servers route them to. Only where they do not agree, or name
 * none, it is the one that calls itself the master, else the one that holds most; which of them it was is recorded.
 */
export function authoritiesOf(replicas: readonly Replica[], routes: RoutedMasters): Authority[] {
  return groupsOf(replicas).flatMap((members): Authority[] => {
    const [first] = members;
    if (first === undefined) return [];
    const { group } = first;
    const routed = Object.fromEntries(
      [...routes].flatMap(([namesrv, masters]) => {
        const master = masters.get(group);
        return master === undefined ? [] : [[namesrv, master]];
      }),
    );
    const masters = members.filter(({ isMaster }) => isMaster).map(({ node }) => node);
    const [agreed, ...others] = [...new Set(Object.values(routed))];
    const isRouted = others.length === 0 && members.some(({ node }) => node === agreed);
    const [best = first] = members.toSorted((a, b) => held(b) - held(a) || a.node.localeCompare(b.node));
    const [own] = masters;
    if (isRouted && agreed !== undefined) return [{ group, node: agreed, by: "route", routed, masters }];
    if (own !== undefined) return [{ group, node: own, by: "own-word", routed, masters }];
    return [{ group, node: best.node, by: "most-held", routed, masters }];
  });
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
