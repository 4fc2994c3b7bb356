import { type ConsumerConnections, consumerConnections, consumerRunningInfo } from "@hotfire/remoting";
import type { ConsumerDetail, ConsumerStack, Missing } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import type { ClusterAccess, Source } from "./access.ts";

export interface GroupClients {
  /** Each client once; `via` a proxy if it is connected to no broker. */
  readonly connections: ConsumerDetail["connections"];
  readonly atBrokers: readonly ConsumerConnections[];
  readonly atProxies: readonly ConsumerConnections[];
  /** Proxies that could not be asked: what they have is not known. */
  readonly unasked: readonly Missing[];
}

/** A group's clients, at brokers and through proxies. */
export async function groupClients(
  access: ClusterAccess,
  sources: readonly Source[],
  name: string,
): Promise<GroupClients> {
  const { remoting, options } = access;
  const [brokers, proxies] = await Promise.all([
    Promise.all(
      sources.map(({ address }) =>
        consumerConnections(remoting, address, name, options).catch(() => undefined),
      ),
    ),
    access.proxies.ask(access, name),
  ]);
  const connections = new Map<string, ConsumerDetail["connections"][number]>();
  const add = (of: ConsumerConnections | undefined, via: string | null) => {
    for (const { clientId, clientAddr, language, version } of of?.connectionSet ?? []) {
      if (connections.has(clientId)) continue;
      const client = {
        clientId,
        address: clientAddr,
        language: language ?? "unknown",
        version: `${version}`,
      };
      connections.set(clientId, { ...client, via });
    }
  };
  for (const one of brokers) add(one, null);
  for (const { proxy, connections: theirs } of proxies) add(theirs, proxy);
  return {
    connections: [...connections.values()],
    atBrokers: brokers.flatMap((one) => one ?? []),
    atProxies: proxies.flatMap((one) => one.connections ?? []),
    unasked: proxies.flatMap(({ proxy, why }) => (why === undefined ? [] : [{ group: proxy, ...why }])),
  };
}

/** Whether it cannot be said that a group has no client: a proxy that does not answer may have some. */
export function mayHideClients({ connections, atProxies, unasked }: GroupClients): boolean {
  return connections.length === 0 && atProxies.length === 0 && unasked.length > 0;
}

/** Asks brokers until one has the client. @throws ConsoleError where only a proxy has it, or what the last broker refused with */
export async function consumerStack(
  access: ClusterAccess,
  consumerGroup: string,
  clientId: string,
): Promise<ConsumerStack> {
  const { sources } = access.sources();
  let refusal: unknown = refuse("NO_BROKER", {});
  for (const { address } of sources) {
    try {
      const query = { consumerGroup, clientId, jstack: true };
      const info = await consumerRunningInfo(access.remoting, address, query, { deadlineMs: 10_000 });
      return {
        clientId,
        properties: { ...info.properties },
        queues: info.queues.map(({ topic, brokerName, queueId, cachedMsgCount }) => ({
          topic,
          group: brokerName,
          queueId,
          cached: cachedMsgCount,
        })),
        stack: info.jstack ?? null,
      };
    } catch (error) {
      refusal = error;
    }
  }
  const { connections } = await groupClients(access, sources, consumerGroup);
  const via = connections.find((client) => client.clientId === clientId)?.via ?? null;
  if (via === null) throw refusal;
  throw refuse("CLIENT_BEHIND_PROXY", { client: clientId, proxy: via });
}
