import type { DrillEvent } from "@hotfire/drill";
import { clip, harmless, type Style } from "../style.ts";

/** `kill broker-a:leader (broker-a-0)`. */
export function describeFault(fault: {
  readonly kind: string;
  readonly target: string;
  readonly nodes: readonly string[];
}): string {
  const others = fault.nodes.filter((node) => node !== fault.target);
  const who = others.length === 0 ? fault.target : `${fault.target} (${others.join(", ")})`;
  return `${fault.kind} ${who}`;
}

/** `T+  12.91 s`: seconds since the load began, or as many blanks before it. */
export function formatMoment(at: number): string {
  return at === 0 ? " ".repeat(11) : `T+${(at / 1_000_000).toFixed(2).padStart(7)} s`;
}

/**
 * One event as one line of a run's record: when, what kind of thing, what. Undefined for what is no news, like rates.
 * The text is what others wrote (proofs, messages) and is made harmless.
 */
export function timelineLine(
  event: DrillEvent,
  style: Style,
  width: number = Number.POSITIVE_INFINITY,
): string | undefined {
  const line = (word: string, paint: (text: string) => string, text: string) => {
    const at = formatMoment(event.type === "engine" ? 0 : event.at);
    return `${style.dim(at)}  ${paint(word.padEnd(7))}  ${clip(harmless(text), width - at.length - 11)}`;
  };
  switch (event.type) {
    case "drill": {
      const about = Math.round(event.expectedMs / 1000);
      return line(
        "drill",
        style.bold,
        `${event.drill} on ${event.cluster} (${event.mode}), seed ${event.seed}, about ${about} s`,
      );
    }
    case "phase":
      return line("phase", style.accent, event.name);
    case "fault":
      return faultLine(event, style, line);
    case "role":
      return line("role", roleStyle(event.role, style), describeRole(event));
    case "engine":
    case "rates":
      return undefined;
    case "note":
      return line(event.level, event.level === "warning" ? style.warn : style.dim, event.message);
    case "verdict":
      return line("verdict", verdictStyle(event.verdict, style), `${event.verdict}. ${event.sentence}`);
  }
}

function faultLine(
  event: Extract<DrillEvent, { type: "fault" }>,
  style: Style,
  line: (word: string, paint: (text: string) => string, text: string) => string,
): string {
  const seen = event.seen === "" ? "" : `: ${event.seen}`;
  const text = `${describeFault(event)}${seen}`;
  switch (event.state) {
    case "planned":
      return line("fault", style.warn, `${describeFault(event)} ordered`);
    case "injected":
      return line("FAULT", style.alarm, text);
    case "healed":
      return line("healed", style.good, text);
    case "error":
      return line("error", style.bad, text);
  }
}

type RoleEvent = Extract<DrillEvent, { type: "role" }>;

function describeRole({ node, role, term }: RoleEvent): string {
  const after = term === undefined ? "" : `, term ${term}`;
  if (role === "unreachable") return `${node} is unreachable`;
  if (role === "starting") return `${node} is starting`;
  return `${node} is ${role === "candidate" ? "a candidate" : role}${after}`;
}

export function roleStyle(role: RoleEvent["role"], style: Style): (text: string) => string {
  if (role === "leader" || role === "master") return style.good;
  if (role === "follower" || role === "slave") return style.accent;
  return role === "unreachable" ? style.bad : style.warn;
}

export function verdictStyle(verdict: "pass" | "fail" | "unknown", style: Style): (text: string) => string {
  return { pass: style.good, fail: style.bad, unknown: style.warn }[verdict];
}
