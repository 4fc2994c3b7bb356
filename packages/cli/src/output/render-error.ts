import type { Blame } from "@hotfire/base";
import { harmless, type Style } from "./style.ts";

/** What every error of ours has: HotfireError and RemotingError alike. */
export interface ErrorFacts {
  readonly code: string;
  readonly blame: Blame;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly seen: readonly string[];
  readonly log?: { readonly of: string; readonly lines: readonly string[] } | undefined;
}

const isBlame = (value: unknown): value is Blame =>
  value === "user" || value === "tool" || value === "engine";
const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");

/** Reads the facts off an error by its shape, so that an error needs no package of ours to be loaded. */
export function errorFacts(error: unknown): ErrorFacts | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("blame" in error)) return undefined;
  const { code, blame } = error;
  if (typeof code !== "string" || !isBlame(blame)) return undefined;
  const hint = "hint" in error && typeof error.hint === "string" ? error.hint : undefined;
  return { code, blame, message: error.message, hint, ...readEvidence(error) };
}

function readEvidence(error: Error): Pick<ErrorFacts, "seen" | "log"> {
  const evidence = "evidence" in error ? error.evidence : undefined;
  if (typeof evidence !== "object" || evidence === null) return { seen: [] };
  const seen = "seen" in evidence && isStrings(evidence.seen) ? evidence.seen : [];
  const log = "log" in evidence ? evidence.log : undefined;
  if (typeof log !== "object" || log === null || !("of" in log) || !("lines" in log)) return { seen };
  return typeof log.of === "string" && isStrings(log.lines)
    ? { seen, log: { of: log.of, lines: log.lines } }
    : { seen };
}

/** What happened and why, what was seen, the last log lines, what to do. */
export function renderError(facts: ErrorFacts, style: Style): string {
  const [what = "", ...where] = harmless(facts.message).split("\n");
  const lines = [`${style.bad("error")} ${style.bold(what)} ${style.dim(`[${facts.code}]`)}`, ...where];
  // One finding that the message repeats says nothing new.
  const findings = facts.seen.filter((line) => !facts.message.includes(line));
  if (findings.length > 0) lines.push("", ...findings.map((line) => `  ${harmless(line)}`));
  if (facts.log && facts.log.lines.length > 0) {
    lines.push("", style.dim(`  last lines of ${facts.log.of}:`));
    lines.push(...facts.log.lines.map((line) => `  ${style.dim("│")} ${harmless(line)}`));
  }
  if (facts.hint !== undefined) lines.push("", `${style.accent("hint")}  ${facts.hint}`);
  return lines.join("\n");
}

/** An error that nobody foresaw. */
export function renderBug(error: unknown, style: Style): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const head = `${style.bad("bug")} ${style.bold("hotfire met something that it should have handled.")}`;
  return [
    head,
    "",
    harmless(text),
    "",
    `${style.accent("hint")}  Please report it with the folder that \`hotfire export\` writes.`,
  ].join("\n");
}
