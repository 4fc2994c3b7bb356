import { list } from "@hotfire/base";
import type { EvidenceName } from "../history/expectation.ts";
import type { Findings } from "./findings.ts";
import type { Held } from "./held.ts";

/** What must be seen, in words. */
export const evidenceTexts: Readonly<Record<EvidenceName, string>> = {
  "history-whole": "The history is whole",
  "history-unchanged": "The history is as it was written",
  "history-format": "The history tells all that is judged",
  claimed: "Something was claimed of this run",
  "one-clock": "All moments are of one clock",
  consistent: "Records agree with the header and each other",
  numbered: "Every message has its send, once",
  scheduled: "The load was there all the time",
  everywhere: "Every group had load before, in and after each fault",
  "tester-steady": "The tester kept its schedule",
  "worked-before": "Every group worked before the first fault",
  "faults-proven": "Every fault was in force, and is over",
  "dead-are-silent": "What was dead or frozen answered nothing",
  "whole-again": "The cluster was whole again",
  "read-back": "Every replica was read back whole",
  routed: "What was read back is what clients are routed to",
  drained: "The consumers had time to get everything",
  observed: "It was seen who may write",
};

export function holdEvidence(name: EvidenceName, { evidence }: Findings): Held {
  const problems = evidence[name];
  const held = { text: evidenceTexts[name], limit: "shown" };
  if (problems.length === 0) return { ...held, measured: "shown", status: "pass" };
  const [first = "", second = "", third = ""] = problems;
  const told = problems.length > 3 ? [first, second, third, `${problems.length - 3} more`] : [...problems];
  return { ...held, measured: list(told), status: "unknown" };
}
