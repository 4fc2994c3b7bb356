import { type ErrorDetails, type ErrorTable, HotfireError } from "./hotfire-error.ts";

export type TopologyErrorCode = "SPEC_INVALID" | "SPEC_UNREADABLE" | "PRESET_UNKNOWN";

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
};

export class TopologyError extends HotfireError<TopologyErrorCode> {
  constructor(code: TopologyErrorCode, message: string, details: ErrorDetails = {}) {
    super(code, topologyErrors[code].blame, message, details);
  }
}
