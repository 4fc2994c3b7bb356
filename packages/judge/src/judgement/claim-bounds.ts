import type { Expectation, Rule } from "../history/expectation.ts";
import type { Micros } from "../history/micros.ts";
import { standingRules } from "../verdict/combine-rules.ts";
import { isCount } from "../verdict/hold-count.ts";

/** What a run could show at most. */
export interface Reach {
  /** Messages that were sent. */
  readonly sent: number;
  /** From the first record to the last. */
  readonly length: Micros;
}

/** A limit that is longer than so many whole runs is none: the catalogue's longest is 90 s, where the whole run takes as long. */
const mostRuns = 10;

const standing = new Map(standingRules.map((rule) => [rule.check, rule]));

/** Rules of a claim that nothing in this run could break: who claims so has claimed nothing. In words. */
export function boundless({ rules }: Expectation, reach: Reach): string[] {
  return rules
    .filter((rule) => !canBreak(rule, reach))
    .map((rule) => `the claim sets no limit to ${rule.check}`);
}

function canBreak(rule: Rule, { sent, length }: Reach): boolean {
  switch (rule.check) {
    case "rto":
    case "downtime":
      return rule.max < mostRuns * length;
    case "availability":
      return rule.min > 0;
    case "takeovers":
      return (rule.min ?? 0) > 0 || rule.max !== undefined;
    case "outage":
      // Instead of the standing rule that the others go on, it would ask for less than nothing of them.
      return rule.groups !== "others" || rule.expect === "none";
    default:
      if (!isCount(rule)) return true;
      if (rule.notAbove !== undefined || rule.sent !== undefined) return true;
      // What may not be at all without a claim needs a limit of its own, also where some are wanted.
      if (standing.has(rule.check) || (rule.min ?? 0) <= 0) return rule.max !== undefined && rule.max < sent;
      return true;
  }
}
