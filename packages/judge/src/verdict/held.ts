import type { Recovery } from "../checkers/recovery.ts";
import type { GroupScope } from "../history/expectation.ts";
import type { Verb } from "../history/operations.ts";
import type { RuleOrigin } from "./combine-rules.ts";
import type { Findings } from "./findings.ts";

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
  /** Why what was measured is allowed, where a claim allows it. */
  readonly because?: string | undefined;
  readonly origin: RuleOrigin;
}

export type Held = Omit<Check, "check" | "verb" | "origin">;

export function isInScope(group: string, scope: GroupScope, findings: Findings): boolean {
  const isTarget = findings.faults.some((fault) => fault.groups.includes(group));
  return scope === "all" || (scope === "target") === isTarget;
}

export function recoveriesOf(
  rule: { readonly verb?: Verb | undefined; readonly groups: GroupScope },
  findings: Findings,
): Recovery[] {
  return findings.availability.recoveries.filter(
    (one) =>
      (rule.verb === undefined || one.verb === rule.verb) && isInScope(one.group, rule.groups, findings),
  );
}

export function verbText(verb: Verb | undefined): string {
  return verb === undefined ? "writes and reads" : verb === "send" ? "writes" : "reads";
}

export const scopeText: Readonly<Record<GroupScope, string>> = {
  target: "of the faulted group",
  others: "of the other groups",
  all: "of every group",
};
