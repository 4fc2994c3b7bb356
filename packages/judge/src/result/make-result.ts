import type { Fault } from "../checkers/faults.ts";
import type { Expectation, Rule } from "../history/expectation.ts";
import type { HeaderRecord } from "../history/run-records.ts";
import { combineRules, standingRules } from "../verdict/combine-rules.ts";
import { evaluate } from "../verdict/evaluate.ts";
import type { Findings } from "../verdict/findings.ts";
import { kindRulesFor } from "../verdict/hold-kind.ts";
import type { Prediction } from "../verdict/prediction.ts";
import { judgeChecks } from "../verdict/verdict.ts";
import type { DrillResult } from "./result-schema.ts";

export type { DrillResult } from "./result-schema.ts";

export interface ResultOptions {
  readonly limits?: readonly Rule[];
  readonly expectation?: Expectation | undefined;
  readonly predictions?: readonly Prediction[];
  readonly standing?: readonly Rule[];
}

/** Holds the rules against the findings and puts both into the published form. */
export function makeResult(header: HeaderRecord, findings: Findings, options: ResultOptions): DrillResult {
  const { expectation, limits = [], predictions = [], standing = standingRules } = options;
  const rules = combineRules(expectation, limits, [...standing, ...kindRulesFor(findings)]);
  const checks = rules.map((rule) => evaluate(rule, findings));
  const { verdict, sentence, reasons } = judgeChecks(checks, findings);
  const { type: _type, version: _version, ...run } = header;
  const { recoveries } = findings.availability;
  const rtos = recoveries.flatMap(({ rto }) => rto ?? []);
  const worstRto = recoveries.length > 0 && rtos.length === recoveries.length ? Math.max(...rtos) : undefined;
  return {
    format: "hotfire-drill-result",
    version: 1,
    verdict,
    sentence,
    reasons: [...reasons],
    ...(expectation === undefined ? {} : { claim: { text: expectation.claim, source: expectation.source } }),
    checks,
    ...(worstRto === undefined ? {} : { worstRto }),
    run,
    end: {
      reason: findings.end?.reason ?? "missing",
      ...(findings.end === undefined ? {} : { at: findings.end.at }),
    },
    records: findings.records,
    faults: findings.faults.map(toldOf),
    lanes: findings.availability.lanes,
    recoveries,
    steadiness: findings.availability.steadiness,
    steps: findings.steps,
    predictions: [...predictions],
    bursts: findings.bursts,
    accounting: findings.accounting,
    order: findings.order,
    ...(findings.kinds.length === 0 ? {} : { kinds: findings.kinds }),
    replicas: findings.replicas,
    roles: {
      violations: findings.roles.violations,
      changes: findings.roles.changes,
      takeovers: findings.roles.takeovers,
    },
  };
}

/** Of the history's evidence a result keeps what a person reads. */
function toldOf({
  id,
  kind,
  target,
  nodes,
  groups,
  injected,
  healed,
  errors,
}: Fault): DrillResult["faults"][number] {
  const words = ({ begin, end, proof }: Fault["injected"] & object) => ({
    begin,
    end,
    proof: { how: proof.how, seen: proof.seen },
  });
  return {
    id,
    kind,
    target,
    nodes,
    groups,
    errors,
    ...(injected === undefined ? {} : { injected: words(injected) }),
    ...(healed === undefined ? {} : { healed: words(healed) }),
  };
}
