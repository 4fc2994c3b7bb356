import type { SpecIssue } from "../../errors/spec-error.ts";
import type { ClusterSpec } from "../cluster-spec.ts";
import type { SpecDraft } from "../schema.ts";
import { addressRule } from "./addresses.ts";
import { failoverRule } from "./failover.ts";
import { memoryRule } from "./memory.ts";
import { messageSizeRule } from "./message-size.ts";
import { nameRule } from "./names.ts";
import { portRule } from "./ports.ts";
import { propertyRule } from "./properties.ts";
import { replicaRule } from "./replicas.ts";

/** A rule looks at the spec with its defaults and, where it matters what was written, at the draft. */
export type Rule = (spec: ClusterSpec, draft: SpecDraft) => Iterable<SpecIssue>;

const rules: readonly Rule[] = [
  nameRule,
  replicaRule,
  addressRule,
  portRule,
  memoryRule,
  failoverRule,
  propertyRule,
  messageSizeRule,
];

export function checkRules(spec: ClusterSpec, draft: SpecDraft, more: readonly Rule[] = []): SpecIssue[] {
  return [...rules, ...more].flatMap((rule) => [...rule(spec, draft)]);
}
