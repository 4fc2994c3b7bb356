import { formatDuration, list } from "@hotfire/base";
import type { LaneFindings } from "../checkers/availability.ts";
import type { Recovery } from "../checkers/recovery.ts";
import type { Steadiness } from "../checkers/steadiness.ts";
import type { Rule } from "../history/expectation.ts";
import type { Findings } from "./findings.ts";
import { type Held, isInScope, recoveriesOf, scopeText, verbText } from "./held.ts";

type OutageRule = Extract<Rule, { check: "outage" }>;

const limits = {
  none: "go on as without a fault",
  some: "stop",
  recovers: "come back before healing begins",
  "until-healed": "stop until healing",
} as const;

/** An outage of the healing may be as long as the fault's own, or this: a broker starts, and clients notice. */
const healingFloor = 5_000_000;

export function holdOutage(rule: OutageRule, findings: Findings): Held {
  const held = { text: `${verbText(rule.verb)} ${scopeText[rule.groups]}`, limit: limits[rule.expect] };
  const found = recoveriesOf(rule, findings);
  if (rule.expect === "none") return { ...held, ...holdSteadiness(rule, findings, found) };
  if (found.length === 0) return { ...held, measured: "nothing to measure", status: "unknown" };
  // One group and verb has a recovery for each fault of the run; which of the faults stopped it is not the rule's business.
  const lanes = Map.groupBy(found, ({ group, verb }) => `${group} ${verb}`);
  const isGood = (lane: readonly Recovery[]): boolean => {
    const stopped = lane.filter((one) => one.rto !== 0);
    const isBack = lane.every((one) => one.rto !== undefined);
    if (rule.expect === "some") return stopped.length > 0;
    const isSettled = !lane.some(isUnsettled);
    if (rule.expect === "recovers") return isBack && isSettled && stopped.every((one) => !one.neededHealing);
    return isBack && isSettled && stopped.some((one) => one.neededHealing);
  };
  const bad = [...lanes.values()]
    .filter((lane) => !isGood(lane))
    .map((lane) => worstOf(lane.some(isUnsettled) ? lane.filter(isUnsettled) : lane));
  return {
    ...held,
    measured: list((bad.length > 0 ? bad : [...lanes.values()].map(worstOf)).map(describe)),
    status: bad.length === 0 ? "pass" : "fail",
  };
}

function healingMay(one: Recovery): number {
  return Math.max(one.silence ?? 0, healingFloor);
}

/** It came back, and stopped again for too long while the fault was healed. */
function isUnsettled(one: Recovery): boolean {
  return one.rto !== undefined && one.healing > healingMay(one);
}

function describe(one: Recovery): string {
  const what = `${one.group} ${verbText(one.verb)}`;
  if (one.rto === undefined) return `${what}: never came back`;
  const own =
    one.rto === 0
      ? []
      : [`${formatDuration(one.silence ?? one.rto)}${one.neededHealing ? " (after healing)" : ""}`];
  const may = isUnsettled(one) ? ` (may ${formatDuration(healingMay(one))})` : "";
  const healing = one.healing > 0 ? [`${formatDuration(one.healing)} while healing${may}`] : [];
  return `${what}: ${own.length + healing.length === 0 ? "no outage" : [...own, ...healing].join(" and ")}`;
}

function worstOf(lane: readonly Recovery[]): Recovery {
  const [first, ...rest] = lane;
  if (first === undefined) throw new TypeError("a lane without a recovery");
  const length = (one: Recovery) => (one.rto === undefined ? Number.POSITIVE_INFINITY : one.longest);
  return rest.reduce((worst, one) => (length(one) > length(worst) ? one : worst), first);
}

function holdSteadiness(
  rule: OutageRule,
  findings: Findings,
  recoveries: readonly Recovery[],
): Pick<Held, "measured" | "status"> {
  const open = recoveries.find((one) => one.rto === undefined);
  if (open !== undefined) return { measured: describe(open), status: "fail" };
  const found = findings.availability.steadiness.filter(
    (one) =>
      (rule.verb === undefined || one.verb === rule.verb) &&
      (rule.groups === "all" || (rule.groups === "target") === (one.faults === "own")),
  );
  if (found.length === 0) {
    // Of a fault without others there is nothing to say; of a target without operations there should be.
    return rule.groups === "others"
      ? { measured: "no other group was watched meanwhile", status: "pass" }
      : { measured: "nothing to measure", status: "unknown" };
  }
  const bad = found.filter(
    (one) => one.longest > one.longestBound || one.lost > one.lostBound || one.failed > one.failedBound,
  );
  if (bad.length > 0) return { measured: list(bad.map(tell)), status: "fail" };
  const longest = found.reduce((worst, one) => (one.longest > worst.longest ? one : worst));
  return { measured: tell(longest), status: "pass" };
}

function tell(one: Steadiness): string {
  const { group, verb, phase, longest, longestBound, lost, lostBound, failed, failedBound, length } = one;
  const when = phase === "in-force" ? "in force" : "healing";
  return `${group} ${verbText(verb)}, ${when}: at most ${formatDuration(longest)} in a piece (may ${formatDuration(longestBound)}), ${formatDuration(lost)} of ${formatDuration(length)} in all (may ${formatDuration(lostBound)})${failed > 0 ? `, failures for ${formatDuration(failed)} (may ${formatDuration(failedBound)})` : ""}`;
}

/** Of failures to the end: a success a moment ago, or most of the last operations. */
const longestAtEnd = 1_000_000;
const leastAtEnd = 0.5;
const leastDue = 5;

export function holdWorksAtEnd(rule: Extract<Rule, { check: "works-at-end" }>, findings: Findings): Held {
  const held = {
    text: `${verbText(rule.verb)} ${scopeText[rule.groups]} work when the load ends`,
    limit: "all do",
  };
  const lanes = findings.availability.lanes.filter(
    (lane) =>
      (rule.verb === undefined || lane.verb === rule.verb) && isInScope(lane.group, rule.groups, findings),
  );
  const isDead = ({ atEnd }: LaneFindings) =>
    atEnd.silent > longestAtEnd || (atEnd.due >= leastDue && atEnd.served < atEnd.due * leastAtEnd);
  const dead = lanes.filter(isDead);
  if (lanes.length === 0) return { ...held, measured: "nothing to measure", status: "unknown" };
  if (dead.length === 0) return { ...held, measured: "they do", status: "pass" };
  const measured = list(
    dead.map(({ group, verb, atEnd }) =>
      atEnd.silent > longestAtEnd
        ? `${group} ${verbText(verb)}: none for the last ${formatDuration(atEnd.silent)}`
        : `${group} ${verbText(verb)}: ${atEnd.served} of the last ${atEnd.due}`,
    ),
  );
  return { ...held, measured, status: "fail" };
}
