import { type ErrorTable, errorClass } from "@hotfire/base";

export const topologyErrors = {
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
} satisfies ErrorTable;

export type TopologyErrorCode = keyof typeof topologyErrors;

export class TopologyError extends errorClass(topologyErrors) {}
