import { clusterInfo } from "@hotfire/remoting";
import type { WatchContext } from "./watch-context.ts";

/** One name server's routes of every group. While it does not answer, what it would say is not known. */
export async function lookAtNamesrv(context: WatchContext, namesrv: string): Promise<void> {
  const { map, clock, remoting, deadlineMs } = context;
  const member = map.ofKind("namesrv").find(({ plan }) => plan.name === namesrv);
  const address = member === undefined || !map.isRunning(member) ? undefined : map.dial(member);
  if (address === undefined) return;
  const askedAt = clock.now();
  const info = await clusterInfo(remoting, address, { deadlineMs }).catch(() => undefined);
  if (info === undefined) return;
  const nodeOf = (broker: string) => map.nodeOf(broker) ?? broker;
  for (const { name: group } of map.plan.groups) {
    const addresses = info.brokers.get(group)?.brokerAddrs ?? new Map<number, string>();
    const master = addresses.get(0);
    const members = [...new Set([...addresses.values()].map(nodeOf))].sort();
    const known = master === undefined ? {} : { master: nodeOf(master) };
    context.look({ type: "route", namesrv, group, ...known, members }, askedAt);
  }
}
