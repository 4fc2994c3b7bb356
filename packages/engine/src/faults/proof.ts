import { EngineError } from "../errors/engine-error.ts";
import type { PresentMember } from "./context.ts";
import type { FaultProof } from "./fault.ts";

export function notInForce(node: PresentMember, seen: string): EngineError {
  return new EngineError(
    "FAULT_NOT_IN_FORCE",
    `The fault at ${node.plan.name} did not take effect: ${seen}.`,
    {
      hint: "It was undone. See hotfire doctor for what drills need of this machine.",
    },
  );
}

export function notHealed(node: PresentMember, seen: string): EngineError {
  return new EngineError("FAULT_NOT_HEALED", `${node.plan.name} could not be healed: ${seen}.`, {
    hint: "Try hotfire heal; hotfire status says what is still broken.",
  });
}

/** One proof out of those of several nodes, which are named when there is more than one. */
export function joinProofs(
  proofs: readonly { readonly node: string; readonly proof: FaultProof }[],
): FaultProof {
  const [first] = proofs;
  if (first !== undefined && proofs.length === 1) return first.proof;
  return {
    how: [...new Set(proofs.map(({ proof }) => proof.how))].join("; "),
    seen: proofs.map(({ node, proof }) => `${node}: ${proof.seen}`).join("; "),
    evidence: proofs.flatMap(({ proof }) => proof.evidence),
  };
}
