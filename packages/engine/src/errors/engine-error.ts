import { type ErrorDetails, type ErrorTable, errorClass } from "@hotfire/base";

/** One row per code; `docs/reference/errors.md` carries the same rows. */
export const engineErrors = {
  ENGINE_UNREACHABLE: { blame: "engine", meaning: "No Docker Engine answers at the address in use." },
  ENGINE_PERMISSION: { blame: "engine", meaning: "The Docker socket exists but this user may not use it." },
  ENGINE_TOO_OLD: { blame: "engine", meaning: "The Docker Engine is older than the oldest supported one." },
  ENGINE_REQUEST_FAILED: { blame: "engine", meaning: "The Docker Engine refused or failed a request." },
  ENGINE_ANSWER_UNEXPECTED: {
    blame: "tool",
    meaning: "The Docker Engine or CLI answered in a shape that this version does not know.",
  },
  COMPOSE_MISSING: { blame: "engine", meaning: "The docker command or its Compose plugin is not installed." },
  COMPOSE_TOO_OLD: { blame: "engine", meaning: "The Compose plugin is older than 2.23." },
  COMPOSE_FAILED: { blame: "engine", meaning: "Docker Compose could not create the cluster's containers." },
  PORT_IN_USE: { blame: "user", meaning: "A host port of the cluster is taken by something else." },
  MEMORY_SHORT: { blame: "engine", meaning: "The nodes' memory limits exceed what the machine can give." },
  DISK_SHORT: { blame: "engine", meaning: "The disk under the Docker Engine is nearly full." },
  STORED_DATA: {
    blame: "user",
    meaning:
      "A changed spec asks for what the data on the nodes' volumes cannot bear: other members of a Raft group, another mode, another layout of files, a group that is gone or has another name. Nothing was touched; what can be done instead is listed.",
  },
  LOGIN_UNSUPPORTED: {
    blame: "user",
    meaning: "The spec makes brokers ask for a login (ACL 2.0), and hotfire cannot log in to them yet.",
  },
  IMAGE_MISSING: { blame: "user", meaning: "An image is not on the engine and building was switched off." },
  IMAGE_BUILD_FAILED: { blame: "engine", meaning: "An image could not be built." },
  NODE_DIED: { blame: "engine", meaning: "A node's process ended while the cluster was starting." },
  DEADLINE_PASSED: { blame: "engine", meaning: "What was waited for did not happen within the deadline." },
  INTERRUPTED: { blame: "user", meaning: "The operation was interrupted." },
  CLUSTER_NOT_FOUND: { blame: "user", meaning: "No cluster of this name is on the engine." },
  CLUSTER_AMBIGUOUS: { blame: "user", meaning: "Several clusters are there and none was named." },
  CLUSTER_FOREIGN: {
    blame: "user",
    meaning: "The containers' spec label cannot be read by this version, so the cluster can only be removed.",
  },
  TARGET_INVALID: { blame: "user", meaning: "A target is neither a node's name nor GROUP:ROLE." },
  TARGET_NOT_FOUND: { blame: "user", meaning: "No node fits the target at this moment." },
  TARGET_AMBIGUOUS: { blame: "user", meaning: "Several nodes fit the target." },
  NODE_STATE: { blame: "user", meaning: "The node is not in a state that allows the action." },
  NETWORK_IN_USE: {
    blame: "user",
    meaning: "A cluster's network cannot be removed: containers that are not the cluster's are on it.",
  },
  SWITCHOVER_FAILED: {
    blame: "engine",
    meaning: "A planned switch of a leader or master did not happen; the old one is in place.",
  },
  FAULT_NO_TARGET: { blame: "user", meaning: "No node fits the target of a fault at this moment." },
  FAULT_UNAVAILABLE: { blame: "engine", meaning: "This machine or this cluster cannot have the fault." },
  FAULT_NOT_IN_FORCE: {
    blame: "engine",
    meaning: "A fault was injected and could not be seen to take effect; it was undone.",
  },
  FAULT_NOT_HEALED: { blame: "engine", meaning: "A fault was undone and could not be seen to be gone." },
  EXPORT_FAILED: { blame: "user", meaning: "The folder of an export could not be written." },
} satisfies ErrorTable;

export type EngineErrorCode = keyof typeof engineErrors;

/** Everything that goes wrong between this tool, the Docker Engine and a cluster's containers. */
export class EngineError extends errorClass(engineErrors) {
  /** Facts for programs and for the CLI's rendering: log lines, who holds a port, what was seen. */
  readonly evidence: ErrorEvidence;

  constructor(
    code: EngineErrorCode,
    message: string,
    details: ErrorDetails & { evidence?: ErrorEvidence } = {},
  ) {
    super(code, message, details);
    this.evidence = details.evidence ?? {};
  }
}

export interface ErrorEvidence {
  /** What was seen, one finding a line. */
  readonly seen?: readonly string[];
  /** Last log lines, newest last, of the node or build that failed. */
  readonly log?: { readonly of: string; readonly lines: readonly string[] };
}

export function isEngineError(error: unknown, code?: EngineErrorCode): error is EngineError {
  return error instanceof EngineError && (code === undefined || error.code === code);
}
