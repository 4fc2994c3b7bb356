import { TopologyError } from "./topology-error.ts";

/** What a mistake in a spec is about; stable, for programs that read `issues`. */
export type SpecIssueCode =
  | "YAML_SYNTAX"
  | "YAML_TOO_COMPLEX"
  | "ENCODING"
  | "TOO_LARGE"
  | "KEY_UNKNOWN"
  | "KEY_DUPLICATE"
  | "KEY_MISSING"
  | "VALUE_TYPE"
  | "VALUE_INVALID"
  | "REPLICAS"
  | "NAME"
  | "PORT"
  | "PROPERTY_OWNED"
  | "PROPERTY_INVALID"
  | "PROPERTY_SECRET"
  | "MEMORY"
  | "ADDRESS"
  | "FAILOVER"
  | "MODE_MISMATCH";

/** One mistake. Line and column count from 1 and are absent when the spec did not come from a text. */
export interface SpecIssue {
  readonly code: SpecIssueCode;
  /** Keys and indexes from the root: `["groups", 0, "name"]`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The offending line as it stands in the text. */
  readonly excerpt?: string | undefined;
}

/** Writes `["groups", 0, "name"]` as `groups[0].name`. */
export function formatPath(path: readonly (string | number)[]): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else text += text === "" ? part : `.${part}`;
  }
  return text;
}

function formatIssue(issue: SpecIssue, source: string): string {
  const where = issue.line === undefined ? source : `${source}:${issue.line}:${issue.column ?? 1}`;
  const path = formatPath(issue.path);
  const lines = [`${where}: ${path === "" ? "" : `${path}: `}${issue.message}`];
  if (issue.excerpt !== undefined && issue.line !== undefined) {
    const number = String(issue.line);
    lines.push(`  ${number} | ${issue.excerpt}`);
    if (issue.column !== undefined && issue.column <= issue.excerpt.length + 1) {
      lines.push(`  ${" ".repeat(number.length)} | ${" ".repeat(issue.column - 1)}^`);
    }
  }
  if (issue.hint !== undefined) lines.push(`  ${issue.hint}`);
  return lines.join("\n");
}

/** All mistakes of one spec at once. */
export class SpecError extends TopologyError {
  readonly issues: readonly SpecIssue[];
  /** File name or another name of the text. */
  readonly source: string;

  constructor(
    code: "SPEC_INVALID" | "SPEC_UNREADABLE",
    source: string,
    issues: readonly SpecIssue[],
    cause?: unknown,
  ) {
    const count = issues.length === 1 ? "a mistake" : `${issues.length} mistakes`;
    super(
      code,
      `${source} has ${count}:\n${issues.map((issue) => formatIssue(issue, source)).join("\n")}`,
      cause === undefined ? {} : { cause },
    );
    this.issues = issues;
    this.source = source;
  }
}
