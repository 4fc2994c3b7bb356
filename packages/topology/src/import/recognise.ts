import type { Broker } from "@hotfire/config";
import { isOn, numberOf, settingOf } from "@hotfire/config";
import { TopologyError } from "../errors/topology-error.ts";
import { advertisedPortStep } from "../plan/broker-ports.ts";
import { nodeName } from "../plan/names.ts";
import type { Mode } from "../spec/modes.ts";

/** Brokers of one group in the order of the plan: its master or n0 first. */
export interface ImportedGroup {
  readonly name: string;
  readonly brokers: readonly Broker[];
  readonly replicas: number;
  readonly isSync: boolean;
}

function place(broker: Broker): number {
  if (broker.mode === "dledger") return Number(/\d+$/.exec(broker.selfId ?? "")?.[0] ?? 0);
  if (broker.mode === "controller") return 0;
  return broker.role === "SLAVE" ? Math.max(1, broker.brokerId) : 0;
}

export function importedGroup(name: string, brokers: readonly Broker[]): ImportedGroup {
  const ordered = [...brokers].sort((one, two) => place(one) - place(two));
  const master = ordered[0];
  return {
    name,
    brokers: ordered,
    // Peers whose files are elsewhere are members all the same.
    replicas: Math.max(ordered.length, ...ordered.map(({ peers }) => peers.length)),
    isSync:
      master?.mode === "static" &&
      master.role === "SYNC_MASTER" &&
      numberOf(master.file, "inSyncReplicas") >= 2,
  };
}

/** @throws TopologyError IMPORT_MIXED */
export function modeOf(groups: readonly ImportedGroup[]): Mode {
  const kinds = new Set(groups.flatMap(({ brokers }) => brokers.map(({ mode }) => mode)));
  if (kinds.size > 1)
    throw new TopologyError("IMPORT_MIXED", "The files are of brokers that replicate in different ways.", {
      hint: "Import one cluster at a time; hotfire lint tells which file differs.",
    });
  if (kinds.has("dledger")) return "dledger";
  if (kinds.has("controller")) return "controller";
  if (groups.some(({ replicas }) => replicas > 1))
    return groups.some(({ isSync }) => isSync) ? "master-slave-sync" : "master-slave-async";
  return groups.length > 1 ? "multi-master" : "single-master";
}

/** Whether sends go on with one copy while the slaves are gone. */
export function degrades(groups: readonly ImportedGroup[]): boolean {
  const file = (groups.find(({ isSync }) => isSync) ?? groups[0])?.brokers[0]?.file;
  if (file === undefined || numberOf(file, "minInSyncReplicas") !== 1) return false;
  return isOn(file, "enableControllerMode") || isOn(file, "enableAutoInSyncReplicas");
}

/** The address for clients elsewhere, of files that Hotfire wrote: theirs alone name the node as brokerIP2. */
export function advertised(groups: readonly ImportedGroup[]): string | undefined {
  const all = groups.flatMap(({ name, brokers }) =>
    brokers.map((broker, index) => ({ broker, node: nodeName(name, index) })),
  );
  const first = all[0]?.broker;
  const address = first === undefined ? undefined : settingOf(first.file, "brokerIP1");
  const isOurs = all.every(
    ({ broker, node }, position) =>
      settingOf(broker.file, "brokerIP1") === address &&
      settingOf(broker.file, "brokerIP2") === node &&
      broker.listenPort === (first?.listenPort ?? 0) + advertisedPortStep * position,
  );
  return isOurs ? address : undefined;
}
