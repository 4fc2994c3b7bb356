import { formatCount, formatDuration, list, plural } from "@hotfire/base";
import type { Recovery } from "../checkers/recovery.ts";
import { type EvidenceName, evidenceNames } from "../history/expectation.ts";
import { faultPhrase } from "./fault-phrase.ts";
import type { Findings } from "./findings.ts";
import type { Check } from "./held.ts";
import { kindTexts } from "./hold-kind.ts";

export type Verdict = "pass" | "fail" | "unknown";

export interface Judgement {
  readonly verdict: Verdict;
  /** What the fault cost, for a person who reads nothing else. */
  readonly sentence: string;
  /** What was broken, or could not be judged; empty when the verdict is pass. */
  readonly reasons: readonly string[];
}

/** They say what became of a service, and nothing where there was none before, or the run was not seen to its end. */
const needsService: ReadonlySet<string> = new Set(["works-at-end", "failed", "in-doubt", "outside-faults"]);
/** They hold a service against a fault, and say nothing where the fault, the load or the tester was not what it should be. */
const needsFault: ReadonlySet<string> = new Set(["rto", "downtime", "outage", "availability", "takeovers"]);
const ofService: readonly EvidenceName[] = ["worked-before", "history-whole"];
const ofFault: readonly EvidenceName[] = [
  ...ofService,
  "faults-proven",
  "scheduled",
  "everywhere",
  "tester-steady",
  "one-clock",
];
/** A fault's window ends when the cluster is whole again: without that it is not known what lies outside. */
const ofWindows: readonly EvidenceName[] = ["faults-proven", "whole-again"];
const isEvidence: ReadonlySet<string> = new Set(evidenceNames);

/**
 * fail when a rule is broken: evidence of a violation stays evidence, whatever else is not known. Only where records of the
 * history are missing a violation may be theirs, and is unknown. Else unknown when something was not shown or could not be
 * judged; else pass.
 */
export function judgeChecks(checks: readonly Check[], findings: Findings): Judgement {
  const isShown = (names: readonly EvidenceName[]) =>
    names.every((name) => checks.every(({ check, status }) => check !== name || status === "pass"));
  const isProven = ({ check }: Check) =>
    !findings.hasHole &&
    (check !== "outside-faults" || isShown(ofWindows)) &&
    (!needsService.has(check) || isShown(ofService)) &&
    (!needsFault.has(check) || isShown(ofFault));
  const broken = checks.filter((check) => check.status === "fail");
  const failed = broken.filter(isProven);
  const open = [
    ...broken.filter((check) => !isProven(check)),
    ...checks.filter(({ status }) => status === "unknown"),
  ];
  const missing = open.filter(({ check }) => isEvidence.has(check));
  const told = (check: Check) =>
    isEvidence.has(check.check)
      ? check.measured
      : `${lower(check.text)}: ${check.measured} (limit: ${check.limit})`;
  const reasonsOf = [...new Set(checks.flatMap(({ because }) => because ?? []))];
  const allowed = reasonsOf.length === 0 ? "" : ` That is claimed: ${list(reasonsOf)}.`;
  const cost = `${costSentence(findings)}${allowed}`;
  const sentence =
    missing.length === 0 ? cost : `This run proves nothing: ${list(missing.map(told))}. ${cost}`;
  const reasons = [...failed, ...missing, ...open.filter((check) => !missing.includes(check))].map(told);
  // What was broken comes first, also in the sentence.
  if (failed.length > 0) return { verdict: "fail", sentence: cost, reasons };
  return { verdict: reasons.length > 0 ? "unknown" : "pass", sentence, reasons };
}

/** "After killing broker-a:leader, writes to broker-a stopped for 8.31 s …; none of 12,345 acknowledged messages was lost." */
export function costSentence(findings: Findings): string {
  const { accounting } = findings;
  const faults = findings.faults.filter(({ injected }) => injected !== undefined);
  const faultText = faults.length > 4 ? `${faults.length} faults` : list(faults.map(faultPhrase));
  const { lost, acknowledged, unverified } = accounting;
  const cost = outageTexts(findings);
  const loss =
    lost.count > 0
      ? `${formatCount(lost.count)} of ${plural(acknowledged, "acknowledged message")} ${lost.count === 1 ? "was" : "were"} lost`
      : unverified > 0
        ? `whether messages were lost is not known (${formatCount(unverified)} could not be read back)`
        : `none of ${plural(acknowledged, "acknowledged message")} was lost`;
  const happened = cost.length === 0 ? "nothing stopped" : list(cost);
  const wrong = violationTexts(findings);
  return `${faultText === "" ? "Without a fault" : `After ${faultText}`}, ${happened}; ${loss}${wrong.length === 0 ? "" : `; ${list(wrong)}`}.`;
}

/** What no run may show, whatever was claimed, beside loss. */
function violationTexts({ accounting, order, drained, roles, kinds }: Findings): string[] {
  const {
    failedButArrived,
    unexpected,
    storedTwice,
    wrongBody,
    misplaced,
    vanished,
    undelivered = 0,
  } = accounting;
  const disorder = order.stored + order.delivered + order.deliveredByKey;
  const counted: readonly (readonly [number, string])[] = [
    [failedButArrived.count, "refused and arrived"],
    [unexpected.count, "never sent and there"],
    [storedTwice.count, "sent once and stored twice"],
    [wrongBody.count, "stored with another body"],
    [misplaced.count, "stored elsewhere than answered"],
    [vanished.count, "delivered unacknowledged and gone"],
    [disorder, "out of order"],
    [drained === true ? undelivered : 0, "never delivered"],
  ];
  const texts = counted.flatMap(([count, text]) =>
    count === 0 ? [] : [`${formatCount(count)} ${count === 1 ? "was" : "were"} ${text}`],
  );
  texts.push(...kindTexts(kinds));
  const [two] = roles.violations;
  return two === undefined ? texts : [...texts, `two brokers of ${two.group} acknowledged at a time`];
}

/** The longest outage of each group and verb, writes first. */
function outageTexts(findings: Findings): string[] {
  const length = (one: Recovery) => (one.rto === undefined ? Number.POSITIVE_INFINITY : own(one));
  const worst = new Map<string, Recovery>();
  for (const one of findings.availability.recoveries) {
    const what = `${one.verb === "send" ? "writes to" : "reads from"} ${one.group}`;
    const known = worst.get(what);
    if (length(one) > 0 && (known === undefined || length(one) > length(known))) worst.set(what, one);
  }
  const texts = [...worst]
    .sort(([, a], [, b]) => a.group.localeCompare(b.group) || b.verb.localeCompare(a.verb))
    .map(([what, one]) => {
      if (one.rto === undefined) return `${what} stopped and never came back`;
      if (one.rto === 0) return `${what} stopped for ${formatDuration(one.healing)} while it was healed`;
      const stopped = `${what} stopped for ${formatDuration(one.silence ?? one.rto)}${one.neededHealing ? " (until healed)" : ""}`;
      const isTold = one.healing > (one.silence ?? 0);
      return isTold ? `${stopped} and for ${formatDuration(one.healing)} while it was healed` : stopped;
    });
  return texts.length > 4 ? [...texts.slice(0, 3), `${texts.length - 3} more stopped`] : texts;
}

/** An outage of the healing is told where the fault itself stopped nothing for so long. */
function own(one: Recovery): number {
  return Math.max(one.rto === 0 ? 0 : (one.silence ?? 0), one.healing >= 1_000_000 ? one.healing : 0);
}

function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}
