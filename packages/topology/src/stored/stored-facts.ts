import { configKeys, layoutKeys } from "@hotfire/config";
import { z } from "zod";
import type { BrokerPlan, ClusterPlan, ControllerPlan, NodePlan } from "../plan/cluster-plan.ts";
import type { Mode } from "../spec/modes.ts";

/** How brokers of a mode replicate, as far as it shows in what they store. */
export type StoredReplication = "fixed" | "dledger" | "controller";

/** What the data of a node's volume was written by: a change of it is one that the data cannot bear. */
export interface StoredFacts {
  readonly kind: "broker" | "controller";
  /** Broker group; brokers only. */
  readonly group?: string | undefined;
  readonly replication?: StoredReplication | undefined;
  /** RocketMQ's brokerClusterName, where the broker keeps it beside its id. */
  readonly clusterName?: string | undefined;
  /** Raft members, `n0-broker-a-0;n1-broker-a-1`: DLedger's or the controllers'. Ports may change. */
  readonly members?: string | undefined;
  /** Bytes of a store in memory. */
  readonly limit?: number | undefined;
  /** Layout keys that are not at their default. */
  readonly layout: Readonly<Record<string, string>>;
}

const factsSchema = z.object({
  kind: z.enum(["broker", "controller"]),
  group: z.string().optional(),
  replication: z.enum(["fixed", "dledger", "controller"]).optional(),
  clusterName: z.string().optional(),
  members: z.string().optional(),
  limit: z.number().optional(),
  layout: z.record(z.string(), z.string()),
});

/** Node -> what its volume's data was written by. */
export type StoredNodes = ReadonlyMap<string, StoredFacts>;

/** Brokers and controllers: what name servers keep bears any change. */
export function storedNodes(plan: ClusterPlan): StoredNodes {
  return new Map(
    plan.nodes.flatMap((node) => {
      const facts = storedFacts(plan, node);
      return facts === undefined ? [] : [[node.name, facts] as const];
    }),
  );
}

export function storedFacts(plan: ClusterPlan, node: NodePlan): StoredFacts | undefined {
  if (node.kind === "controller") return controllerFacts(node);
  return node.kind === "broker" ? brokerFacts(plan, node) : undefined;
}

/** One line of JSON, for the label of the node's volume; the same for the same facts. */
export function storedLabel(plan: ClusterPlan, node: NodePlan): string | undefined {
  const facts = storedFacts(plan, node);
  return facts === undefined ? undefined : JSON.stringify(facts);
}

/** Undefined for a label that this version did not write. */
export function storedFromLabel(label: string): StoredFacts | undefined {
  try {
    return factsSchema.safeParse(JSON.parse(label)).data;
  } catch {
    return undefined;
  }
}

export function storedReplication(mode: Mode): StoredReplication {
  return mode === "dledger" || mode === "controller" ? mode : "fixed";
}

function brokerFacts(plan: ClusterPlan, node: BrokerPlan): StoredFacts {
  const replication = storedReplication(plan.mode);
  return {
    kind: "broker",
    group: node.group,
    replication,
    // BrokerMetadata: a broker refuses to register with controllers under another cluster or name than in its file.
    ...(replication === "controller" ? { clusterName: plan.clusterName } : {}),
    ...(replication === "dledger" ? { members: membersOf(node.properties["dLegerPeers"] ?? "") } : {}),
    ...(node.volume.sizeBytes === undefined ? {} : { limit: node.volume.sizeBytes }),
    layout: layoutOf(node),
  };
}

function controllerFacts(node: ControllerPlan): StoredFacts {
  return {
    kind: "controller",
    members: membersOf(node.properties["controllerDLegerPeers"] ?? ""),
    layout: layoutOf(node),
  };
}

/** `n0-host:port;n1-host:port` without the ports. */
export function membersOf(peers: string): string {
  return peers
    .split(";")
    .map((peer) => peer.trim().replace(/:\d+$/, ""))
    .filter((peer) => peer !== "")
    .join(";");
}

function layoutOf(node: BrokerPlan | ControllerPlan): Record<string, string> {
  const known = configKeys(node.kind);
  return Object.fromEntries(
    layoutKeys(node.kind).flatMap((key) => {
      const value = node.properties[key];
      const isNormal = value === known.get(key)?.default || value === node.volume.target;
      return value === undefined || isNormal ? [] : [[key, value] as const];
    }),
  );
}
