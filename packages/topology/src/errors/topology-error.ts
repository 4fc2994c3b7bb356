import { type ErrorDetails, type ErrorTable, HotfireError } from "./hotfire-error.ts";

export type TopologyErrorCode =
  | "SPEC_INVALID"
  | "SPEC_UNREADABLE"
  | "PRESET_UNKNOWN"
  | "IMPORT_EMPTY"
  | "IMPORT_MIXED"
  | "IMPORT_UNFAITHFUL";

export const topologyErrors: ErrorTable<TopologyErrorCode> = {
  SPEC_INVALID: {
    blame: "user",
    meaning:
      "The cluster spec has mistakes; each is listed with its line, its key and what to write instead.",
  },
  SPEC_UNREADABLE: {
    blame: "user",
    meaning: "The text is not a cluster spec at all: wrong encoding, too large, or not YAML.",
  },
  PRESET_UNKNOWN: { blame: "user", meaning: "No preset has this name." },
  IMPORT_EMPTY: { blame: "user", meaning: "Of the files to import none is a broker's." },
  IMPORT_UNFAITHFUL: {
    blame: "user",
    meaning:
      "The files to import contradict each other in what a spec has to decide: a slave without a master, two masters, two members of one id. The lines are named.",
  },
  IMPORT_MIXED: {
    blame: "user",
    meaning:
      "The files to import are of brokers that replicate in different ways: not one cluster, or a mistake.",
  },
};

export class TopologyError extends HotfireError<TopologyErrorCode> {
  constructor(code: TopologyErrorCode, message: string, details: ErrorDetails = {}) {
    super(code, topologyErrors[code].blame, message, details);
  }
}
