import { SpecError, type SpecIssue } from "../errors/spec-error.ts";
import type { ClusterSpec } from "./cluster-spec.ts";
import { modes } from "./modes.ts";
import { normalise } from "./normalise.ts";
import { checkRules, type Rule } from "./rules/check-rules.ts";
import { secretRule } from "./rules/secrets.ts";
import { draftSchema, type SpecDraft, specSchema } from "./schema.ts";
import { schemaIssues } from "./schema-issues.ts";
import { readYaml, type YamlText } from "./yaml-text.ts";

/** Nobody reads further; a generated file with one mistake in each of its groups has thousands. */
const mostIssues = 100;

export interface ParseOptions {
  /** What to call the text in messages, e.g. its file name. Default: `spec`. */
  readonly source?: string;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `properties:` with nothing under it is what commenting out its last line leaves: it counts as absent. */
function dropEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropEmpty);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== null)
      .map(([key, entry]) => [key, /^properties$|Properties$/.test(key) ? entry : dropEmpty(entry)]),
  );
}

/** What is left of the input without the top-level keys that have mistakes, so that the other rules can still be checked. */
function soundPart(input: Record<string, unknown>, issues: readonly SpecIssue[]): SpecDraft {
  const unsound = new Set(issues.map((issue) => issue.path[0]));
  const rest = Object.fromEntries(Object.entries(input).filter(([key]) => !unsound.has(key)));
  const parsed = draftSchema.safeParse(rest);
  return parsed.success ? parsed.data : {};
}

function withPosition(issue: SpecIssue, text: YamlText): SpecIssue {
  const ofKey = ["KEY_UNKNOWN", "PROPERTY_OWNED", "PROPERTY_SECRET"].includes(issue.code);
  const place = text.locate(issue.path, ofKey ? "key" : "value");
  // The line has the secret in it.
  return { ...issue, ...place, ...(issue.code === "PROPERTY_SECRET" ? { excerpt: undefined } : {}) };
}

function byPosition(a: SpecIssue, b: SpecIssue): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/**
 * Reads a cluster spec (YAML, and so JSON too), checks it and fills in the defaults.
 * @throws SpecError with all its mistakes at once, each with line and column.
 */
export function parseSpec(text: string | Uint8Array, options: ParseOptions = {}): ClusterSpec {
  const source = options.source ?? "spec";
  const yaml = readYaml(text, source);
  return checkSpec(yaml.value, source, (issue) => withPosition(issue, yaml), [secretRule]);
}

/**
 * As parseSpec, of the plain value that a text means; `place` adds to a mistake where it is. By its own rules alone a value with
 * secrets is a spec: a running cluster's may have been written by a version that took them.
 */
export function checkSpec(
  value: unknown,
  source: string,
  place: (issue: SpecIssue) => SpecIssue = (issue) => issue,
  more: readonly Rule[] = [],
): ClusterSpec {
  if (!isMap(value)) {
    const what = value === null || value === undefined ? "is empty" : "is not a map of keys and values";
    throw new SpecError("SPEC_UNREADABLE", source, [
      {
        code: "VALUE_TYPE",
        path: [],
        message: `the spec ${what}`,
        hint: "Start from one: hotfire init dledger > cluster.yaml",
      },
    ]);
  }
  const input = dropEmpty(value);
  const parsed = specSchema.safeParse(input);
  const issues = parsed.success ? [] : schemaIssues(input, parsed.error.issues);
  const draft = parsed.success ? parsed.data : soundPart(isMap(input) ? input : {}, issues);
  const mode = draft.mode ?? modes.find((known) => isMap(input) && input["mode"] === known);
  if (mode !== undefined) {
    const spec = normalise({ ...draft, mode });
    issues.push(...checkRules(spec, draft, more));
    if (issues.length === 0) return spec;
  }
  const placed = issues.slice(0, mostIssues).map(place);
  throw new SpecError("SPEC_INVALID", source, placed.sort(byPosition));
}
