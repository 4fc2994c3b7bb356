import type { ConfigFile } from "../files/config-file.ts";
import { lintRules, type RuleCode } from "../rules/all-rules.ts";
import { type Edit, fileSet, type Severity } from "../rules/rule.ts";

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
  /** What `--fix` does, or `--fix=unsafe` where `isFixUnsafe`; empty where a person has to. */
  readonly edits: readonly Edit[];
  /** Whether the edits change what a running cluster does at its next start. */
  readonly isFixUnsafe: boolean;
}

/** Judges each file and all together as one cluster. Findings in the order of the files and their lines. */
export function lint(files: readonly ConfigFile[]): Finding[] {
  const set = fileSet(files);
  const position = new Map(files.map(({ path }, index) => [path, index]));
  const findings: Finding[] = [];
  for (const { code, severity, breaks, check, isFixUnsafe = false } of lintRules) {
    for (const { file, line, column, message, fix, edits: wanted = [] } of check(set)) {
      // Edits are made for properties.
      const edits = file.format === "properties" ? wanted : [];
      findings.push({
        code,
        severity,
        file: file.path,
        line,
        column,
        message,
        breaks,
        fix,
        edits,
        isFixUnsafe,
      });
    }
  }
  const at = ({ file }: Finding) => position.get(file) ?? 0;
  return findings.sort((one, two) => at(one) - at(two) || one.line - two.line || one.column - two.column);
}
