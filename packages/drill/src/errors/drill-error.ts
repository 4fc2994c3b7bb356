import { type ErrorTable, errorClass } from "@hotfire/base";

/** One row per code; `docs/errors.md` carries the same rows. */
export const drillErrors = {
  HISTORY_UNREADABLE: { blame: "user", meaning: "The stored history cannot be opened or read." },
  HISTORY_CORRUPT: {
    blame: "user",
    meaning:
      "A line of the history, other than a torn last one, is not a record; nothing after it can be trusted.",
  },
  HISTORY_VERSION: {
    blame: "user",
    meaning: "The history was written in a format that this version does not read.",
  },
  HISTORY_WRITE_FAILED: {
    blame: "engine",
    meaning: "The history could not be written, so the drill's evidence is incomplete.",
  },
  LIMIT_INVALID: {
    blame: "user",
    meaning: "A limit is not NAME=VALUE with a known name and a value of its kind.",
  },
  EXPECTATION_INVALID: { blame: "user", meaning: "An expectation's rules are not in the documented form." },
  RESULT_INVALID: { blame: "user", meaning: "A stored result is not in the published form." },
  CLIENT_UNAVAILABLE: {
    blame: "user",
    meaning: "An official client cannot be a workload on this machine or this cluster.",
  },
  CLIENT_DIED: { blame: "tool", meaning: "The program around an official client ended, or said nonsense." },
  CLIENT_LATE: { blame: "engine", meaning: "An official client was not ready, or not done, in time." },
  DRILL_UNKNOWN: { blame: "user", meaning: "No drill of that name is in the catalogue." },
  DRILL_NOT_APPLICABLE: {
    blame: "user",
    meaning: "The drill does not fit this cluster: its mode, its groups or its settings.",
  },
  DRILL_CLUSTER_NOT_READY: {
    blame: "user",
    meaning: "The cluster is not whole before the drill, so nothing would be learned from breaking it.",
  },
  DRILL_INTERRUPTED: {
    blame: "user",
    meaning: "The run was interrupted; faults are healed, its history is kept.",
  },
  RUN_FOLDER: { blame: "user", meaning: "The folder of a run cannot be used, or holds no run." },
} satisfies ErrorTable;

export type DrillErrorCode = keyof typeof drillErrors;

/** Everything that goes wrong while a drill's evidence is written, read or judged. */
export class DrillError extends errorClass(drillErrors) {}
