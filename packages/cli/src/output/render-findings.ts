import { nearest, plural } from "@hotfire/base";
import { type ConfigFile, type Finding, type LineChange, lintRules, redact } from "@hotfire/config";
import { CliError } from "../cli-error.ts";
import { harmless, type Style } from "./style.ts";

const longestExcerpt = 160;

/** The lines of each file, by its path: split once, however many findings a file has. */
export function linesOf(files: readonly ConfigFile[]): ReadonlyMap<string, readonly string[]> {
  return new Map(files.map(({ path, text }) => [path, text.split(/\r\n|\r|\n/)]));
}

/** Where, what, the line itself, what it breaks (the first time) and what to do. `lines` are the file's. */
export function renderFinding(
  finding: Finding,
  lines: readonly string[],
  isFirst: boolean,
  style: Style,
): string {
  const { file, line, column, severity, message, code, breaks, fix, edits, isFixUnsafe } = finding;
  const word = { error: style.bad, warning: style.warn, note: style.dim }[severity](severity);
  const head = `${harmless(file)}:${line}:${column} ${word} ${style.bold(harmless(message))} ${style.dim(`[${code}]`)}`;
  const excerpt = redact(lines[line - 1] ?? "");
  const shown = excerpt.length > longestExcerpt ? `${excerpt.slice(0, longestExcerpt)}…` : excerpt;
  const source = shown === "" ? [] : [style.dim(`    ${line} | ${harmless(shown)}`)];
  const option = isFixUnsafe ? "--fix=unsafe" : "--fix";
  const how = edits.length > 0 ? ` ${style.dim(`(${option} does it)`)}` : "";
  // What was left alone is named, and no more.
  if (severity === "note") return head;
  const why = isFirst ? [`    ${breaks}`] : [];
  return [head, ...source, ...why, `    ${style.accent("fix")} ${harmless(fix)}${how}`].join("\n");
}

export function renderSummary(findings: readonly Finding[], files: number): string {
  const count = (wanted: Finding["severity"]) =>
    findings.filter(({ severity }) => severity === wanted).length;
  const fixable = findings.filter(({ edits, isFixUnsafe }) => edits.length > 0 && !isFixUnsafe).length;
  const unsafe = findings.filter(({ edits, isFixUnsafe }) => edits.length > 0 && isFixUnsafe).length;
  const alone = count("note") === 0 ? "" : ` ${plural(count("note"), "file")} left alone.`;
  const mends = fixable === 0 ? "" : ` --fix mends ${fixable}.`;
  const more = unsafe === 0 ? "" : ` --fix=unsafe mends ${unsafe}${fixable === 0 ? "" : " more"}.`;
  return `${plural(count("error"), "error")}, ${plural(count("warning"), "warning")} in ${plural(files, "file")}.${mends}${more}${alone}`;
}

export function renderChanges(path: string, changes: readonly LineChange[], style: Style): string {
  const lines = changes.flatMap(({ line, before, after }) => [
    style.accent(`@@ ${line} @@`),
    ...before.map((text) => style.bad(`-${harmless(redact(text))}`)),
    ...after.map((text) => style.good(`+${harmless(redact(text))}`)),
  ]);
  return [style.bold(harmless(path)), ...lines].join("\n");
}

/** What `--explain` prints of a rule. */
export function renderRule(code: string, style: Style): string {
  const codes: readonly string[] = lintRules.map((rule) => rule.code);
  const rule = lintRules.find((known) => known.code === code.toUpperCase());
  if (rule === undefined) {
    const near = nearest(code, codes);
    throw new CliError("ARGUMENT_INVALID", `There is no rule ${code}.`, {
      hint: near === undefined ? `Rules are ${codes.join(", ")}.` : `Did you mean ${near}?`,
    });
  }
  const example = (files: Readonly<Record<string, string>>) =>
    Object.entries(files).flatMap(([file, text]) => [
      style.dim(`  # ${file}`),
      ...shorten(text)
        .split("\n")
        .map((line) => `  ${harmless(line)}`),
    ]);
  return [
    `${style.bold(rule.code)} (${rule.severity})  ${rule.title}`,
    "",
    rule.breaks,
    "",
    "Bad:",
    ...example(rule.bad),
    "",
    "Good:",
    ...example(rule.good),
  ].join("\n");
}

function shorten(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.length > 2000 ? `${trimmed.slice(0, 40)}…` : trimmed;
}
