import type { SpecIssue } from "../../errors/spec-error.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import type { SpecDraft } from "../schema.ts";

/** A rule looks at the spec with its defaults and, where it matters what was written, at the draft. */
export type Rule = (spec: ClusterSpec, draft: SpecDraft) => Iterable<SpecIssue>;

const rules: readonly Rule[] = [];

export function checkRules(spec: ClusterSpec, draft: SpecDraft): SpecIssue[] {
  return rules.flatMap((rule) => [...rule(spec, draft)]);
}
