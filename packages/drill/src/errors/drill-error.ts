import { type ErrorTable, errorClass } from "@hotfire/base";

/** One row per code; `docs/reference/errors.md` carries the same rows. */
export const drillErrors = {
  HISTORY_UNREADABLE: { blame: "user", meaning: "The stored history cannot be opened or read." },
  HISTORY_WRITE_FAILED: {
    blame: "engine",
    meaning: "The history could not be written, so the drill's evidence is incomplete.",
  },
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

/** Everything that goes wrong while a drill runs, or its evidence is written or read. */
export class DrillError extends errorClass(drillErrors) {}
