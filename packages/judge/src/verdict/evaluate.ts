import { formatCount, formatDuration, formatShare, list } from "@hotfire/base";
import type { LaneFindings } from "../checkers/availability.ts";
import type { Rule } from "../history/expectation.ts";
import type { OriginRule } from "./combine-rules.ts";
import type { Findings } from "./findings.ts";
import { type Check, type Held, isInScope, recoveriesOf, scopeText, verbText } from "./held.ts";
import { holdCount, isCount, isWithin, range } from "./hold-count.ts";
import { holdEvidence } from "./hold-evidence.ts";
import { holdKind, isKindRule } from "./hold-kind.ts";
import { holdOutage, holdWorksAtEnd } from "./hold-outage.ts";

export function evaluate({ rule, origin }: OriginRule, findings: Findings): Check {
  const verb = "verb" in rule && rule.verb !== undefined ? { verb: rule.verb } : {};
  return { check: rule.check, ...verb, origin, ...hold({ rule, origin }, findings) };
}

function hold({ rule, origin }: OriginRule, findings: Findings): Held {
  switch (rule.check) {
    case "rto":
    case "downtime":
      return holdDuration(rule, findings);
    case "outage":
      return holdOutage(rule, findings);
    case "works-at-end":
      return holdWorksAtEnd(rule, findings);
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
      if (isKindRule(rule)) return holdKind(rule.check, findings);
      return isCount(rule) ? holdCount(rule, origin, findings) : holdEvidence(rule.check, findings);
  }
}

function holdDuration(rule: Extract<Rule, { check: "rto" | "downtime" }>, findings: Findings): Held {
  const what = rule.check === "rto" ? "RTO, worst" : "Downtime, worst";
  const held = {
    text: `${what} of ${verbText(rule.verb)} ${scopeText[rule.groups]}`,
    limit: `at most ${formatDuration(rule.max)}`,
  };
  const found = recoveriesOf(rule, findings);
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
  const { compared, different, unread, telling } = replicas;
  const [first] = telling;
  if (compared === 0) return { ...held, measured: "no second replica was read", status: "pass" };
  if (different > 0 && first !== undefined) {
    const measured = `${formatCount(different)} of ${formatCount(compared)} queue copies differ; ${first.group} queue ${first.queue}: ${first.detail}`;
    return { ...held, measured, status: "fail" };
  }
  if (unread > 0 && first !== undefined) return { ...held, measured: first.detail, status: "unknown" };
  return { ...held, measured: `${formatCount(compared)} queue copies compared, all equal`, status: "pass" };
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
    limit: `${range(rule, "times")}${rule.per === undefined ? "" : " after each fault"}`,
  };
  const inScope = ({ group }: { readonly group: string }) => isInScope(group, rule.groups, findings);
  const counts =
    rule.per === "fault"
      ? findings.roles.takeovers
          .filter(inScope)
          .map(({ group, fault, times }) => ({ group, name: `${group} after ${fault}`, times }))
      : Object.entries(findings.roles.changes)
          .map(([group, times]) => ({ group, name: group, times }))
          .filter(inScope);
  if (counts.length === 0) {
    const measured =
      rule.per === "fault"
        ? "no fault hit a broker that acknowledged"
        : "no broker is known to have acknowledged";
    return { ...held, measured, status: "unknown" };
  }
  const bad = counts.filter(({ times }) => !isWithin(times, rule));
  const measured = list(
    (bad.length > 0 ? bad : counts).slice(0, 5).map(({ name, times }) => `${name}: ${times}`),
  );
  return { ...held, measured, status: bad.length === 0 ? "pass" : "fail" };
}
