import type { DockerClient } from "../docker/docker-client.ts";
import type { FaultEvidence } from "./evidence.ts";

/**
 * Whom a network fault keeps away from a node. `peers`: the other brokers of its group (of a controller: the other
 * controllers). `clients`: everything that is no container of this cluster, and its proxies. `rest`: the name servers,
 * controllers and brokers that the fault does not hit: the other side of a partition, which clients still reach.
 */
export type PeerSet = "peers" | "clients" | "namesrvs" | "controllers" | "rest";

/** Packets to the node, from it, or both. */
export type Direction = "both" | "in" | "out";

/** What somebody does on purpose can be announced. */
interface Planned {
  /** A leader or master hands its group over first, where the mode can. */
  readonly handOver?: boolean;
}

export type FaultAction =
  | { readonly kind: "kill" }
  | ({ readonly kind: "stop" } & Planned)
  /** Stopped gracefully and started again. */
  | ({ readonly kind: "restart" } & Planned)
  /**
   * Its group's writes are handed to another broker, with both alive: over when it is proven. `to` names the successor;
   * else it is the fittest. Of the controllers' leader: the next controller leads them.
   */
  | { readonly kind: "switchover"; readonly to?: string }
  | { readonly kind: "pause" }
  | { readonly kind: "cut"; readonly from: readonly PeerSet[]; readonly direction: Direction }
  /** Of the packets in either direction. */
  | { readonly kind: "loss"; readonly from: readonly PeerSet[]; readonly percent: number }
  /** What the node sends. */
  | { readonly kind: "throttle"; readonly from: readonly PeerSet[]; readonly bytesPerSecond: number }
  /** What the node sends. */
  | { readonly kind: "delay"; readonly from: readonly PeerSet[]; readonly ms: number }
  /** Killed, then its volume emptied. */
  | { readonly kind: "disk-destroyed" }
  /** Needs a spec with `storeLimit`. `percent`: how full; 94 by default, where RocketMQ refuses and nothing fails. */
  | { readonly kind: "disk-full"; readonly percent?: number }
  | { readonly kind: "cpu-squeeze"; readonly cpus: number }
  /** Its wall clock is so many seconds ahead, or behind. Needs a spec with `steppableClock`. */
  | { readonly kind: "clock-step"; readonly seconds: number };

export type FaultKind = FaultAction["kind"];

export interface FaultRequest {
  /** Lower-case letters, digits and dashes; at most 40. Unique in the cluster. */
  readonly id: string;
  readonly action: FaultAction;
  /**
   * `broker-a-0`, `broker-a:leader`, `broker-a:all`, `namesrv:all`, or several of them with commas between; resolved when
   * the fault is injected.
   */
  readonly target: string;
  /** A network fault is over after so many milliseconds, whatever happens to this process. */
  readonly leaseMs: number;
}

/** How it was found out ("container state") and what was seen, in words and as evidence of each node that was hit. */
export interface FaultProof {
  readonly how: string;
  readonly seen: string;
  readonly evidence: readonly FaultEvidence[];
}

/** A fault that has been proven to be in force. */
export interface ActiveFault {
  readonly id: string;
  readonly kind: FaultKind;
  readonly target: string;
  /** What the target meant at that moment. */
  readonly nodes: readonly string[];
  /** Broker groups of the nodes. */
  readonly groups: readonly string[];
  readonly proof: FaultProof;
  /**
   * Undoes it and proves it. Nodes that died are started, not waited for until they are registered. The second call
   * gives the first one's answer.
   */
  heal(): Promise<FaultProof>;
}

export interface FaultOptions {
  readonly docker: DockerClient;
  readonly cluster: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

/** Everything that takes time has been done; the fault itself waits for the word. */
export interface PreparedFault {
  /** Resolves the target and acts at once. */
  inject(): Promise<ActiveFault>;
  /** Takes back what was prepared, when it will not be injected. */
  discard(): Promise<void>;
}

export type Availability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string };

export interface HealStep {
  readonly node: string;
  readonly did: string;
  readonly seen: string;
}

export interface HealResult {
  /** Empty when there was nothing to heal. */
  readonly steps: readonly HealStep[];
}
