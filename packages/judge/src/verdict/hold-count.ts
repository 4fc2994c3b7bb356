import { formatCount, list, plural } from "@hotfire/base";
import type { Explainable } from "../checkers/accounting.ts";
import type { CountName, Rule } from "../history/expectation.ts";
import type { OriginRule } from "./combine-rules.ts";
import type { Findings } from "./findings.ts";
import type { Held } from "./held.ts";

const countTexts: Readonly<Record<CountName, string>> = {
  lost: "Acknowledged messages lost",
  duplicates: "Messages stored twice",
  redelivered: "Deliveries repeated",
  undelivered: "Acknowledged messages never delivered",
  "stored-twice": "Messages sent once and stored twice",
  "wrong-body": "Messages stored with another body",
  misplaced: "Messages stored elsewhere than answered",
  vanished: "Messages not acknowledged, delivered and gone",
  failed: "Sends refused or never sent",
  "in-doubt": "Sends in doubt",
  "in-doubt-gone": "Sends in doubt and gone",
  "failed-but-arrived": "Refused messages that arrived",
  unexpected: "Messages that were never sent",
  reordered: "Messages out of order",
  "outside-faults": "Failures outside fault windows",
};

type CountRule = Extract<Rule, { check: CountName }>;

export function isCount(rule: Rule): rule is CountRule {
  return rule.check in countTexts;
}

export function holdCount(rule: CountRule, origin: OriginRule["origin"], findings: Findings): Held {
  const { sent, notAbove, because } = rule;
  const held = { text: countTexts[rule.check], limit: countLimit(rule) };
  const count = countOf(rule.check, findings);
  if (count === undefined) {
    return rule.check === "undelivered" && origin === "always"
      ? { ...held, measured: "nothing consumed", status: "pass" }
      : { ...held, measured: "not measured", status: "unknown" };
  }
  const measured = formatCount(count);
  const beyond =
    sent === undefined || !isExplainable(rule.check) ? 0 : findings.accounting.beyond[rule.check][sent];
  if (beyond > 0) {
    return {
      ...held,
      measured: `${measured}, ${formatCount(beyond)} of them ${elsewhere[sent ?? "in-windows"]}`,
      status: "fail",
    };
  }
  if (notAbove !== undefined) {
    const most = notAbove.reduce((sum, name) => sum + (countOf(name, findings) ?? 0), 0);
    if (count > most)
      return { ...held, measured: `${measured}, where those are ${formatCount(most)}`, status: "fail" };
  }
  if (!isWithin(count, rule)) {
    // Who was not waited for has missed nothing, unless it was promised.
    const isEarly = rule.check === "undelivered" && origin === "always" && findings.drained !== true;
    return isEarly
      ? {
          ...held,
          measured: `${measured}, but it was not seen that the consumers had time`,
          status: "unknown",
        }
      : { ...held, measured, status: "fail" };
  }
  const blind = blindness(rule.check, findings);
  if (blind !== undefined && rule.max !== undefined)
    return { ...held, measured: `${measured}, but ${blind}`, status: "unknown" };
  // Fewer than the truth may have been found: what was not read back cannot be counted.
  const { unverified } = findings.accounting;
  if (unverified > 0 && needsReadBack.has(rule.check) && rule.max !== undefined) {
    return {
      ...held,
      measured: `${measured}, but ${formatCount(unverified)} could not be read back`,
      status: "unknown",
    };
  }
  return { ...held, measured, status: "pass", ...(count > 0 && because !== undefined ? { because } : {}) };
}

/** Why what is counted could not be seen, in words. */
function blindness(name: CountName, { accounting }: Findings): string | undefined {
  const { alike, unplaced } = accounting;
  if (name === "wrong-body" && alike > 0)
    return `the bodies of ${plural(alike, "message")} cannot be told apart`;
  if (name === "misplaced" && unplaced > 0)
    return `the offset that was answered is not told of ${plural(unplaced, "message")}`;
  return undefined;
}

const elsewhere = {
  "in-windows": "to groups that were not hit, or at another time",
  "until-in-force": "to groups that were not hit, or not while the fault came into force",
} as const;

function isExplainable(name: CountName): name is Explainable {
  return name === "lost" || name === "vanished" || name === "undelivered";
}

/** What a claim allows and why, in words; undefined of rules that allow nothing. */
export function allowanceText(rule: Rule): string | undefined {
  if (!isCount(rule) || rule.because === undefined) return undefined;
  return `${countTexts[rule.check].toLowerCase()}: ${countLimit(rule)}; ${rule.because}`;
}

function countLimit(rule: CountRule): string {
  const { sent, notAbove = [] } = rule;
  const names = notAbove.map((name) => countTexts[name].toLowerCase());
  return list([
    ...(rule.min !== undefined || rule.max !== undefined || (sent === undefined && names.length === 0)
      ? [range(rule)]
      : []),
    ...(names.length === 0 ? [] : [`no more than ${names.join(" and ")} together`]),
    ...(sent === undefined ? [] : [sentTexts[sent]]),
  ]);
}

const sentTexts = {
  "in-windows": "only such as were sent to a group that was hit, in the time of its fault",
  "until-in-force": "only such as were sent to a group that was hit, before its last fault was in force",
} as const;

const needsReadBack: ReadonlySet<CountName> = new Set([
  "lost",
  "duplicates",
  "stored-twice",
  "wrong-body",
  "misplaced",
  "vanished",
  "in-doubt-gone",
  "failed-but-arrived",
  "unexpected",
]);

function countOf(name: CountName, findings: Findings): number | undefined {
  const { accounting, order, availability } = findings;
  const sends = availability.lanes.filter(({ verb }) => verb === "send");
  const sinceBaseline = (what: "failed" | "inDoubt") =>
    sends.reduce((sum, lane) => sum + lane.sinceBaseline[what], 0);
  const counts: Readonly<Record<CountName, number | undefined>> = {
    lost: accounting.lost.count,
    duplicates: accounting.duplicates.count,
    redelivered: accounting.undelivered === undefined ? undefined : accounting.redelivered,
    undelivered: accounting.undelivered,
    "stored-twice": accounting.storedTwice.count,
    "wrong-body": accounting.wrongBody.count,
    misplaced: accounting.misplaced.count,
    vanished: accounting.vanished.count,
    failed: sinceBaseline("failed"),
    "in-doubt": sinceBaseline("inDoubt"),
    "in-doubt-gone": accounting.inDoubtGone,
    "failed-but-arrived": accounting.failedButArrived.count,
    unexpected: accounting.unexpected.count,
    reordered: order.stored + order.delivered + order.deliveredByKey,
    "outside-faults": availability.lanes.reduce((sum, lane) => sum + lane.outsideFaults, 0),
  };
  return counts[name];
}

interface Range {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export function isWithin(count: number, { min, max }: Range): boolean {
  return count >= (min ?? 0) && count <= (max ?? Number.POSITIVE_INFINITY);
}

export function range({ min, max }: Range, unit = ""): string {
  const suffix = unit === "" ? "" : ` ${unit}`;
  if (min !== undefined && min === max) return `exactly ${formatCount(min)}${suffix}`;
  const parts = [
    ...(min === undefined ? [] : [`at least ${formatCount(min)}`]),
    ...(max === undefined ? [] : [max === 0 && min === undefined ? "none" : `at most ${formatCount(max)}`]),
  ];
  return parts.length === 0 ? "any" : `${parts.join(", ")}${suffix}`;
}
