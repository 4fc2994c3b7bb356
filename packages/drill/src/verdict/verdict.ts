import type { Recovery } from "../checkers/availability.ts";
import { wasHealed, wasInForce } from "../checkers/faults.ts";
import { faultPhrase } from "../format/fault-phrase.ts";
import { formatCount, formatDuration, list, plural } from "../format/text.ts";
import type { Check } from "./evaluate.ts";
import type { Findings } from "./findings.ts";

export type Verdict = "pass" | "fail" | "unknown";

export interface Judgement {
  readonly verdict: Verdict;
  /** What the fault cost, for a person who reads nothing else. */
  readonly sentence: string;
  /** What was broken, or could not be judged; empty when the verdict is pass. */
  readonly reasons: readonly string[];
}

/**
 * unknown when the drill proves nothing (nothing worked before, the fault was never in force); else fail when a rule
 * is broken, since evidence of a violation stays evidence in an incomplete history; else unknown when something could
 * not be judged; else pass.
 */
export function judgeChecks(checks: readonly Check[], findings: Findings): Judgement {
  const empty = provesNothing(findings);
  const incomplete = isIncomplete(findings);
  const failed = checks.filter((check) => check.status === "fail");
  const open = checks.filter((check) => check.status === "unknown");
  const told = (check: Check) => `${lower(check.text)}: ${check.measured} (limit: ${check.limit})`;
  const sentence = costSentence(findings);
  if (empty.length > 0) {
    return {
      verdict: "unknown",
      sentence: `This run proves nothing: ${list(empty)}.`,
      reasons: [...empty, ...incomplete],
    };
  }
  if (failed.length > 0) return { verdict: "fail", sentence, reasons: [...failed.map(told), ...incomplete] };
  const reasons = [...incomplete, ...open.map(told)];
  return { verdict: reasons.length > 0 ? "unknown" : "pass", sentence, reasons };
}

function provesNothing(findings: Findings): string[] {
  const { activity, end, faults, records } = findings;
  // What is missing inside a history looks like outages and like messages that nobody sent.
  if (end !== undefined && end.records !== records) {
    return [`the history has ${formatCount(records)} records where its end says ${formatCount(end.records)}`];
  }
  if (activity.total === 0) return ["nothing was acknowledged"];
  const reasons: string[] = [];
  for (const fault of faults) {
    const name = `the fault ${fault.kind} on ${fault.target}`;
    if (fault.injected === undefined) {
      const [error] = fault.errors;
      reasons.push(`${name} was never injected${error === undefined ? "" : ` (${error})`}`);
    } else if (!wasInForce(fault)) reasons.push(`${name} was never seen in force`);
  }
  if (faults.length > 0 && activity.before === 0)
    reasons.push("nothing was acknowledged before the first fault");
  else if (activity.silentGroups.length > 0) {
    reasons.push(`${list(activity.silentGroups)} acknowledged nothing before the first fault`);
  }
  return reasons;
}

function isIncomplete(findings: Findings): string[] {
  const { end, tornBytes, faults } = findings;
  const reasons: string[] = [];
  if (tornBytes !== undefined)
    reasons.push("the history stops in the middle of a line, its writer was killed");
  else if (end === undefined) reasons.push("the history has no end record");
  if (end?.reason === "aborted")
    reasons.push(`the run was aborted${end.message === undefined ? "" : ` (${end.message})`}`);
  for (const fault of faults) {
    if (fault.injected !== undefined && !wasHealed(fault)) {
      reasons.push(`the fault ${fault.kind} on ${fault.target} was never seen healed`);
    }
  }
  return reasons;
}

/** "After killing broker-a:leader, writes to broker-a stopped for 8.31 s …; none of 12,345 acknowledged messages was lost." */
export function costSentence(findings: Findings): string {
  const { accounting, faults } = findings;
  const faultText = list(faults.map(faultPhrase));
  const { lost, acknowledged, unverified } = accounting;
  const cost = outageTexts(findings);
  const loss =
    lost.count > 0
      ? `${formatCount(lost.count)} of ${plural(acknowledged, "acknowledged message")} ${lost.count === 1 ? "was" : "were"} lost`
      : unverified > 0
        ? `whether messages were lost is not known (${formatCount(unverified)} could not be read back)`
        : `none of ${plural(acknowledged, "acknowledged message")} was lost`;
  const happened = cost.length === 0 ? "nothing stopped" : list(cost);
  return `${faultText === "" ? "Without a fault" : `After ${faultText}`}, ${happened}; ${loss}.`;
}

/** The longest outage of each group and verb, writes first. */
function outageTexts(findings: Findings): string[] {
  const length = (one: Recovery) => one.rto ?? Number.POSITIVE_INFINITY;
  const worst = new Map<string, Recovery>();
  for (const one of findings.availability.recoveries) {
    const what = `${one.verb === "send" ? "writes to" : "reads from"} ${one.group}`;
    const known = worst.get(what);
    if (one.rto !== 0 && (known === undefined || length(one) > length(known))) worst.set(what, one);
  }
  const texts = [...worst]
    .sort(([, a], [, b]) => a.group.localeCompare(b.group) || b.verb.localeCompare(a.verb))
    .map(([what, one]) => {
      if (one.rto === undefined) return `${what} stopped and never came back`;
      return `${what} stopped for ${formatDuration(one.rto)}${one.neededHealing ? " (until healed)" : ""}`;
    });
  return texts.length > 4 ? [...texts.slice(0, 3), `${texts.length - 3} more stopped`] : texts;
}

function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}
