import type { LaneFindings, Recovery } from "../checkers/availability.ts";
import { formatCount, formatDuration, formatShare, list } from "../format/text.ts";
import type { Micros } from "../history/micros.ts";
import type { Verb } from "../history/operations.ts";
import type { Findings } from "./findings.ts";
import type { CountName, GroupScope, OriginRule, Rule, RuleOrigin } from "./rule.ts";

export type CheckStatus = "pass" | "fail" | "unknown";

/** One rule, held against what was found. */
export interface Check {
  readonly check: string;
  /** The verb it is about, when it is about one. */
  readonly verb?: Verb | undefined;
  /** What it is about, in words. */
  readonly text: string;
  readonly limit: string;
  readonly measured: string;
  readonly status: CheckStatus;
  readonly origin: RuleOrigin;
}

type Held = Omit<Check, "check" | "verb" | "origin">;

export function evaluate({ rule, origin }: OriginRule, findings: Findings): Check {
  const verb = "verb" in rule && rule.verb !== undefined ? { verb: rule.verb } : {};
  return { check: rule.check, ...verb, origin, ...hold(rule, findings) };
}

function hold(rule: Rule, findings: Findings): Held {
  switch (rule.check) {
    case "rto":
    case "downtime":
      return holdDuration(rule, findings);
    case "outage":
      return holdOutage(rule, findings);
    case "availability":
      return holdAvailability(rule, findings);
    case "throughput":
      return holdThroughput(rule, findings);
    case "replicas-equal":
      return holdReplicas(findings);
    case "one-writer":
      return holdOneWriter(findings);
    case "takeovers":
      return holdTakeovers(rule, findings);
    default:
      return holdCount(rule, findings);
  }
}

function isInScope(group: string, scope: GroupScope, findings: Findings): boolean {
  const isTarget = findings.faults.some((fault) => fault.groups.includes(group));
  return scope === "all" || (scope === "target") === isTarget;
}

type Scoped = Extract<Rule, { check: "rto" | "downtime" | "outage" | "availability" }>;

function recoveries(rule: Scoped, findings: Findings): Recovery[] {
  return findings.availability.recoveries.filter(
    (one) =>
      (rule.verb === undefined || one.verb === rule.verb) && isInScope(one.group, rule.groups, findings),
  );
}

function verbText(verb: Verb | undefined): string {
  return verb === undefined ? "writes and reads" : verb === "send" ? "writes" : "reads";
}

const scopeText: Readonly<Record<GroupScope, string>> = {
  target: "of the faulted group",
  others: "of the other groups",
  all: "of every group",
};

function holdDuration(rule: Extract<Rule, { check: "rto" | "downtime" }>, findings: Findings): Held {
  const what = rule.check === "rto" ? "RTO, worst" : "Downtime, worst";
  const held = {
    text: `${what} of ${verbText(rule.verb)} ${scopeText[rule.groups]}`,
    limit: `at most ${formatDuration(rule.max)}`,
  };
  const found = recoveries(rule, findings);
  if (found.length === 0) return { ...held, measured: "nothing to measure", status: "unknown" };
  const never = found.find((one) => one.rto === undefined);
  if (never !== undefined) {
    const least = formatDuration(never.atLeast ?? 0);
    return { ...held, measured: `never came back (${never.group}, watched for ${least})`, status: "fail" };
  }
  const values = found.map((one) => (rule.check === "rto" ? (one.rto ?? 0) : one.downtime));
  const worst = Math.max(...values);
  return {
    ...held,
    measured: worst === 0 ? "no outage" : formatDuration(worst),
    status: worst <= rule.max ? "pass" : "fail",
  };
}

/**
 * What is shorter than this is no outage in `outage: none`. While a broker starts beside it or a store is copied, a healthy group
 * on two cores was seen to stand still for up to 3.5 s; what a fault really stops stays stopped until an election or a restart.
 */
const hiccup: Micros = 5_000_000;

function holdOutage(rule: Extract<Rule, { check: "outage" }>, findings: Findings): Held {
  const texts = {
    none: `go on, no outage of ${formatDuration(hiccup)} or more`,
    some: "stop",
    recovers: "come back before healing begins",
    "until-healed": "stop until healing",
  } as const;
  const held = { text: `${verbText(rule.verb)} ${scopeText[rule.groups]}`, limit: texts[rule.expect] };
  const found = recoveries(rule, findings);
  if (found.length === 0) return { ...held, measured: "nothing to measure", status: "unknown" };
  // One group and verb has a recovery for each fault of the run; which of the faults stopped it is not the rule's business.
  const lanes = Map.groupBy(found, ({ group, verb }) => `${group} ${verb}`);
  const isGood = (lane: readonly Recovery[]): boolean => {
    const stopped = lane.filter((one) => one.rto !== 0);
    const isBack = lane.every((one) => one.rto !== undefined);
    if (rule.expect === "none")
      return isBack && lane.every((one) => Math.max(one.rto ?? 0, one.longest) < hiccup);
    if (rule.expect === "some") return stopped.length > 0;
    if (rule.expect === "recovers") return isBack && stopped.every((one) => !one.neededHealing);
    return isBack && stopped.some((one) => one.neededHealing);
  };
  const describe = (one: Recovery): string => {
    const rto =
      one.rto === undefined
        ? "never came back"
        : one.rto > 0
          ? formatDuration(one.rto)
          : one.longest > 0
            ? `${formatDuration(one.longest)} while healing`
            : "no outage";
    return `${one.group} ${verbText(one.verb)}: ${rto}${one.rto !== 0 && one.neededHealing ? " (after healing)" : ""}`;
  };
  const bad = [...lanes.values()].filter((lane) => !isGood(lane)).map(worstOf);
  return {
    ...held,
    measured: list((bad.length > 0 ? bad : [...lanes.values()].map(worstOf)).map(describe)),
    status: bad.length === 0 ? "pass" : "fail",
  };
}

function worstOf(lane: readonly Recovery[]): Recovery {
  const [first, ...rest] = lane;
  if (first === undefined) throw new TypeError("a lane without a recovery");
  const length = (one: Recovery) => one.rto ?? Number.POSITIVE_INFINITY;
  return rest.reduce(
    (worst, one) =>
      length(one) > length(worst) || (length(one) === length(worst) && one.longest > worst.longest)
        ? one
        : worst,
    first,
  );
}

function holdAvailability(rule: Extract<Rule, { check: "availability" }>, findings: Findings): Held {
  const held = {
    text: `Availability of ${verbText(rule.verb)} ${scopeText[rule.groups]}, worst`,
    limit: `at least ${formatShare(rule.min)}`,
  };
  const lanes = findings.availability.lanes.filter(
    (lane) =>
      (rule.verb === undefined || lane.verb === rule.verb) && isInScope(lane.group, rule.groups, findings),
  );
  const worst = lanes.reduce<LaneFindings | undefined>(
    (least, lane) => (least === undefined || lane.availability < least.availability ? lane : least),
    undefined,
  );
  if (worst === undefined) return { ...held, measured: "nothing to measure", status: "unknown" };
  const measured = `${formatShare(worst.availability)} (${verbText(worst.verb)} of ${worst.group})`;
  return { ...held, measured, status: worst.availability >= rule.min ? "pass" : "fail" };
}

const places = { first: 0, second: 1 } as const;

function holdThroughput(rule: Extract<Rule, { check: "throughput" }>, { bursts }: Findings): Held {
  const of = bursts[places[rule.of]];
  const against = bursts[places[rule.against]];
  const limit = `at least ${formatShare(rule.min)}`;
  if (of === undefined || against === undefined || against.median === 0) {
    const text = "Throughput of one group against another's";
    return { text, limit, measured: "nothing to measure", status: "unknown" };
  }
  const share = of.median / against.median;
  const rates = `${formatCount(Math.round(of.median))}/s against ${formatCount(Math.round(against.median))}/s`;
  return {
    text: `Throughput of ${of.group} as a share of ${against.group}'s`,
    limit,
    measured: `${formatShare(share)} (${rates})`,
    status: share >= rule.min ? "pass" : "fail",
  };
}

function holdReplicas({ replicas }: Findings): Held {
  const held = { text: "Replicas hold the same messages", limit: "all equal" };
  if (replicas.compared === 0) return { ...held, measured: "no second replica was read", status: "pass" };
  const unreadable = replicas.telling.find((difference) => difference.kind === "unreadable");
  if (unreadable !== undefined) return { ...held, measured: unreadable.detail, status: "unknown" };
  const [first] = replicas.telling;
  if (first === undefined) {
    return {
      ...held,
      measured: `${formatCount(replicas.compared)} queue copies compared, all equal`,
      status: "pass",
    };
  }
  const measured = `${formatCount(replicas.different)} of ${formatCount(replicas.compared)} queue copies differ; ${first.group} queue ${first.queue}: ${first.detail}`;
  return { ...held, measured, status: "fail" };
}

function holdOneWriter({ roles }: Findings): Held {
  const held = { text: "One broker of a group acknowledges at a time", limit: "always" };
  const [first] = roles.violations;
  if (first === undefined) return { ...held, measured: "held", status: "pass" };
  return { ...held, measured: `${first.group}: ${first.detail}`, status: "fail" };
}

function holdTakeovers(rule: Extract<Rule, { check: "takeovers" }>, findings: Findings): Held {
  const held = {
    text: `Another broker took over acknowledging ${scopeText[rule.groups]}`,
    limit: range(rule, "times"),
  };
  const counts = Object.entries(findings.roles.changes).filter(([group]) =>
    isInScope(group, rule.groups, findings),
  );
  if (counts.length === 0) return { ...held, measured: "nothing acknowledged", status: "unknown" };
  const isGood = counts.every(([, count]) => isWithin(count, rule));
  const measured = list(counts.map(([group, count]) => `${group}: ${count}`));
  return { ...held, measured, status: isGood ? "pass" : "fail" };
}

const countTexts: Readonly<Record<CountName, string>> = {
  lost: "Acknowledged messages lost",
  duplicates: "Messages stored twice",
  redelivered: "Deliveries repeated",
  undelivered: "Acknowledged messages never delivered",
  failed: "Sends refused or never sent",
  "in-doubt": "Sends in doubt",
  "in-doubt-gone": "Sends in doubt and gone",
  "failed-but-arrived": "Refused messages that arrived",
  unexpected: "Messages that nobody sent",
  reordered: "Messages out of order",
  "outside-faults": "Failures outside fault windows",
};

function holdCount(rule: Extract<Rule, { check: CountName }>, findings: Findings): Held {
  const held = { text: countTexts[rule.check], limit: range(rule) };
  const count = countOf(rule.check, findings);
  if (count === undefined) return { ...held, measured: "not measured", status: "unknown" };
  const measured = formatCount(count);
  if (!isWithin(count, rule)) return { ...held, measured, status: "fail" };
  // Fewer than the truth may have been found: what was not read back cannot be counted.
  const { unverified } = findings.accounting;
  if (unverified > 0 && needsReadBack.has(rule.check) && rule.max !== undefined) {
    return {
      ...held,
      measured: `${measured}, but ${formatCount(unverified)} could not be read back`,
      status: "unknown",
    };
  }
  return { ...held, measured, status: "pass" };
}

const needsReadBack: ReadonlySet<CountName> = new Set([
  "lost",
  "duplicates",
  "in-doubt-gone",
  "failed-but-arrived",
  "unexpected",
]);

function countOf(name: CountName, findings: Findings): number | undefined {
  const { accounting, order, availability } = findings;
  const counts: Readonly<Record<CountName, number | undefined>> = {
    lost: accounting.lost.count,
    duplicates: accounting.duplicates.count,
    redelivered: accounting.undelivered === undefined ? undefined : accounting.redelivered,
    undelivered: accounting.undelivered,
    failed: accounting.failed,
    "in-doubt": accounting.inDoubt,
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

function isWithin(count: number, { min, max }: Range): boolean {
  return count >= (min ?? 0) && count <= (max ?? Number.POSITIVE_INFINITY);
}

function range({ min, max }: Range, unit = ""): string {
  const suffix = unit === "" ? "" : ` ${unit}`;
  if (min !== undefined && min === max) return `exactly ${formatCount(min)}${suffix}`;
  const parts = [
    ...(min === undefined ? [] : [`at least ${formatCount(min)}`]),
    ...(max === undefined ? [] : [max === 0 && min === undefined ? "none" : `at most ${formatCount(max)}`]),
  ];
  return parts.length === 0 ? "any" : `${parts.join(", ")}${suffix}`;
}
