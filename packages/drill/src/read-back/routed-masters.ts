import { clusterInfo } from "@hotfire/remoting";
import { ClusterMap } from "../observe/cluster-map.ts";
import type { RoutedMasters } from "./agreement.ts";
import type { ReplicaSource } from "./replica.ts";

const deadlineMs = 2000;

/** Where each name server routes the clients of each group. One that does not answer, and a group without a master, are left out. */
export async function routedMasters({ docker, remoting, cluster }: ReplicaSource): Promise<RoutedMasters> {
  const map = await ClusterMap.load(docker, cluster);
  const asked = map.ofKind("namesrv").map(async (member): Promise<[string, Map<string, string>][]> => {
    const address = map.dial(member);
    if (address === undefined || member.container?.state !== "running") return [];
    const info = await clusterInfo(remoting, address, { deadlineMs }).catch(() => undefined);
    if (info === undefined) return [];
    const masters = map.plan.groups.flatMap(({ name }): [string, string][] => {
      const master = info.brokers.get(name)?.brokerAddrs.get(0);
      return master === undefined ? [] : [[name, map.nodeOf(master) ?? master]];
    });
    return [[member.plan.name, new Map(masters)]];
  });
  return new Map((await Promise.all(asked)).flat());
}
