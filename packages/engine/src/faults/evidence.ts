import type { ContainerDetails, ContainerState } from "../docker/docker-client.ts";
import type { Reply } from "./reply.ts";

/** What was found out about a node: a state, a code or a counter, by kind. */
export type Finding =
  /** State of its container. `engineTime`: when the engine says that the new state began, ISO 8601. */
  | {
      readonly kind: "container-state";
      readonly before: ContainerState;
      readonly after: ContainerState;
      readonly engineTime?: string;
    }
  /** What its process ended with; 137 is SIGKILL. */
  | { readonly kind: "exit-code"; readonly code: number; readonly engineTime?: string }
  /** What became of a request to it. */
  | { readonly kind: "request"; readonly reply: Reply }
  /** Attempts to connect through the fault, and how many were answered. */
  | { readonly kind: "connections"; readonly tried: number; readonly answered: number }
  /** Packets that its filter or queue held up, to it and from it. */
  | { readonly kind: "packets"; readonly to: number; readonly from: number }
  /** Rules of the fault that are left in its network, and what ended the others. */
  | {
      readonly kind: "filter";
      readonly left: number;
      readonly ended: "removed" | "none-left" | "lease" | "network";
    }
  /** Who has what it had: its group's writes, or the lead of the controllers. */
  | { readonly kind: "role"; readonly role: "writer" | "controller-leader"; readonly holder: string }
  /** Whole processors; null is no limit. */
  | { readonly kind: "cpu-limit"; readonly before: number | null; readonly after: number | null }
  /** How far its process's wall clock is ahead of where it was. */
  | { readonly kind: "clock-offset"; readonly ms: number }
  | { readonly kind: "disk-use"; readonly percent: number; readonly bytes: number }
  /** Files and folders on its volume. */
  | { readonly kind: "files-left"; readonly files: number };

/** A finding of a node and of a moment: `seenAtMs` is `performance.now()` of this process. */
export type FaultEvidence = Finding & { readonly node: string; readonly seenAtMs: number };

/** Evidence of this moment. */
export function witnessed(node: string, ...findings: readonly Finding[]): FaultEvidence[] {
  const seenAtMs = performance.now();
  return findings.map((finding) => ({ ...finding, node, seenAtMs }));
}

/** A container that has ended, and with what. */
export function endOf(before: ContainerState, details: ContainerDetails): Finding[] {
  const { state, exitCode, finishedAt } = details;
  const when = finishedAt === undefined ? {} : { engineTime: finishedAt.toISOString() };
  return [
    { kind: "container-state", before, after: state, ...when },
    { kind: "exit-code", code: exitCode, ...when },
  ];
}

export function startOf(before: ContainerState, { state, startedAt }: ContainerDetails): Finding {
  const when = startedAt === undefined ? {} : { engineTime: startedAt.toISOString() };
  return { kind: "container-state", before, after: state, ...when };
}
