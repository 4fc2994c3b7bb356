import type { ConfigFile } from "./config-file.ts";
import { type Edit, fileSet, type Severity } from "./rule.ts";
import { lintRules, type RuleCode } from "./rules/all-rules.ts";

export interface Finding {
  readonly code: RuleCode;
  readonly severity: Severity;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What it breaks in practice. */
  readonly breaks: string;
  readonly fix: string;
  /** What `--fix` does; empty where that would not be safe. */
  readonly edits: readonly Edit[];
}

/** Judges each file and all together as one cluster. Findings in the order of the files and their lines. */
export function lint(files: readonly ConfigFile[]): Finding[] {
  const set = fileSet(files);
  const position = new Map(files.map(({ path }, index) => [path, index]));
  const findings: Finding[] = [];
  for (const { code, severity, breaks, check } of lintRules) {
    for (const { file, line, column, message, fix, edits = [] } of check(set))
      findings.push({ code, severity, file: file.path, line, column, message, breaks, fix, edits });
  }
  const at = ({ file }: Finding) => position.get(file) ?? 0;
  return findings.sort((one, two) => at(one) - at(two) || one.line - two.line || one.column - two.column);
}
