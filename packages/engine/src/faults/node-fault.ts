import type { ContainerState } from "../docker/docker-client.ts";
import type { ClusterNow, PresentMember } from "./context.ts";
import type { FaultProof } from "./fault.ts";

/** A fault at one node, in force. */
export interface NodeFault {
  readonly proof: FaultProof;
  heal(): Promise<FaultProof>;
}

/** One fault, ready to hit nodes. */
export interface FaultTool {
  /** States of a container that it can hit. */
  readonly hits: readonly ContainerState[];
  /** Breaks a node and proves it; what it did is undone when it throws. `hit` are all nodes that the fault hits, by name. */
  hit(node: PresentMember, now: ClusterNow, hit: readonly string[]): Promise<NodeFault>;
  /** Removes what was prepared and not used. */
  tidy(): Promise<void>;
}

/** What a fault that needs no preparation has to tidy up. */
export async function nothingToTidy(): Promise<void> {}
