import { type Expectation, evidenceNames, type Rule } from "../history/expectation.ts";

/** Where a rule comes from: a later one replaces an earlier one about the same thing. */
export const ruleOrigins = ["always", "expectation", "limit"] as const;
export type RuleOrigin = (typeof ruleOrigins)[number];

export interface OriginRule {
  readonly rule: Rule;
  readonly origin: RuleOrigin;
}

/** Hold for every drill that does not say otherwise. */
export const standingRules: readonly Rule[] = [
  { check: "lost", max: 0 },
  { check: "undelivered", max: 0 },
  { check: "failed-but-arrived", max: 0 },
  { check: "unexpected", max: 0 },
  { check: "stored-twice", max: 0 },
  { check: "wrong-body", max: 0 },
  { check: "misplaced", max: 0 },
  { check: "vanished", max: 0 },
  { check: "reordered", max: 0 },
  { check: "outside-faults", max: 0 },
  { check: "one-writer" },
  { check: "replicas-equal" },
  { check: "works-at-end", groups: "all" },
  { check: "outage", groups: "others", expect: "none" },
  ...evidenceNames.map((check): Rule => ({ check })),
];

/** Standing rules, the expectation's and the person's limits, each replacing what it overrides. */
export function combineRules(
  expectation: Expectation | undefined,
  limits: readonly Rule[],
  standing: readonly Rule[] = standingRules,
): OriginRule[] {
  const layers: readonly (readonly [RuleOrigin, readonly Rule[]])[] = [
    ["always", standing],
    ["expectation", expectation?.rules ?? []],
    ["limit", limits],
  ];
  let combined: OriginRule[] = [];
  for (const [origin, rules] of layers) {
    const replaced = new Set(rules.map(subject));
    combined = combined.filter(({ rule }) => !replaced.has(subject(rule)));
    combined.push(...rules.map((rule) => ({ rule, origin })));
  }
  return combined;
}

function subject(rule: Rule): string {
  const verb = "verb" in rule ? (rule.verb ?? "any") : "";
  const groups = "groups" in rule ? rule.groups : "";
  return `${rule.check} ${verb} ${groups}`;
}
