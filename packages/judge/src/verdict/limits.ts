import { JudgeError } from "../errors/judge-error.ts";
import { type CountName, countNames, type Rule } from "../history/expectation.ts";
import type { Micros } from "../history/micros.ts";
import type { Verb } from "../history/operations.ts";

const durations = ["rto", "downtime"] as const;
const names: readonly string[] = [...durations, "availability", ...countNames];
const example = "For example: rto=2s,lost=0,availability=99.5%";

/**
 * Reads `rto=2s,lost=0,duplicates=5,availability.send=99.5%`. `rto`, `downtime` and `availability` may name a verb
 * (`rto.send`, `rto.consume`). Counts are maxima; `availability` is a minimum.
 */
export function parseLimits(text: string): Rule[] {
  const rules: Rule[] = [];
  const seen = new Set<string>();
  for (const part of text.split(",")) {
    const item = part.trim();
    if (item === "") throw invalid(`"${text}" has an empty limit.`, example);
    const equals = item.indexOf("=");
    if (equals < 1) throw invalid(`"${item}" is not NAME=VALUE.`, example);
    const name = item.slice(0, equals).trim();
    if (seen.has(name)) throw invalid(`"${name}" is limited twice.`, "Keep one of them.");
    seen.add(name);
    rules.push(parseLimit(name, item.slice(equals + 1).trim()));
  }
  return rules;
}

function parseLimit(name: string, value: string): Rule {
  const [base = "", verbText, ...rest] = name.split(".");
  const verb: Verb | undefined = verbText === "send" || verbText === "consume" ? verbText : undefined;
  if (!names.includes(base)) {
    throw invalid(`There is no limit "${base}".`, `Limits: ${names.join(", ")}. ${nearest(base)}`.trim());
  }
  const count = countNames.find((candidate) => candidate === base);
  if (rest.length > 0 || (verbText !== undefined && (verb === undefined || count !== undefined))) {
    throw invalid(
      `"${name}" is not a limit.`,
      "Only rto, downtime and availability take a verb: rto.send, rto.consume.",
    );
  }
  if (count !== undefined) return countRule(count, value);
  const scope: { groups: "all"; verb?: Verb } = { groups: "all", ...(verb === undefined ? {} : { verb }) };
  if (base === "availability") return { check: base, ...scope, min: parseShare(value) };
  return { check: base === "rto" ? "rto" : "downtime", ...scope, max: parseDuration(name, value) };
}

function countRule(check: CountName, value: string): Rule {
  if (!/^\d{1,12}$/.test(value)) {
    throw invalid(`${check}=${value}: "${value}" is not a number of messages.`, `For example: ${check}=0`);
  }
  return { check, max: Number(value) };
}

function parseShare(value: string): number {
  const match = /^(\d{1,3}(?:\.\d+)?)\s*%$/.exec(value);
  const share = match?.[1] === undefined ? Number.NaN : Number(match[1]) / 100;
  if (!(share >= 0 && share <= 1)) {
    throw invalid(
      `availability=${value}: "${value}" is not a percentage.`,
      "For example: availability=99.5%",
    );
  }
  return share;
}

const units: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1000,
  s: 1_000_000,
  m: 60_000_000,
  min: 60_000_000,
};

function parseDuration(name: string, value: string): Micros {
  const match = /^(\d{1,9}(?:\.\d+)?)\s*(us|ms|s|m|min)$/.exec(value);
  const unit = units[match?.[2] ?? ""];
  if (match?.[1] === undefined || unit === undefined) {
    const hint = /^\d+(\.\d+)?$/.test(value)
      ? `A duration has a unit: ${name}=${value}s or ${name}=${value}ms`
      : `For example: ${name}=2s or ${name}=800ms`;
    throw invalid(`${name}=${value}: "${value}" is not a duration.`, hint);
  }
  return Math.round(Number(match[1]) * unit);
}

function nearest(name: string): string {
  const close = names.find((candidate) => candidate.startsWith(name.slice(0, 3)) || candidate.includes(name));
  return close === undefined || name === "" ? "" : `Did you mean ${close}?`;
}

function invalid(message: string, hint: string): JudgeError {
  return new JudgeError("LIMIT_INVALID", message, { hint });
}
