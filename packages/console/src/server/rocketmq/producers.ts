import { producerConnections } from "@hotfire/remoting";
import type { ProducerList } from "../../api/index.ts";
import type { ClusterAccess } from "./access.ts";

/** Producers that keep themselves registered by heartbeats, at any broker. */
export async function listProducers(access: ClusterAccess): Promise<ProducerList> {
  const { answers } = await access.askGroups(({ address }) =>
    producerConnections(access.remoting, address, access.options),
  );
  const groups = new Map<string, Map<string, ProducerList["producers"][number]["connections"][number]>>();
  for (const { value } of answers) {
    for (const [name, connections] of value) {
      const known = groups.get(name) ?? new Map();
      groups.set(name, known);
      for (const { clientId, remoteIP, language, version, lastUpdateTimestamp } of connections) {
        const seen = known.get(clientId)?.lastHeartbeat ?? 0;
        known.set(clientId, {
          clientId,
          address: remoteIP,
          language: language ?? "unknown",
          version: String(version),
          lastHeartbeat: Math.max(seen, lastUpdateTimestamp),
        });
      }
    }
  }
  return {
    at: Date.now(),
    producers: [...groups]
      .map(([name, connections]) => ({ name, connections: [...connections.values()] }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
