import { formatDuration } from "@hotfire/base";
import type { Verb } from "../history/operations.ts";
import type { DrillResult } from "./result-schema.ts";

type Recovery = DrillResult["recoveries"][number];

/** One interruption, the longest of the groups that a fault hit, in words; every figure is of that one. */
export interface GapFigures {
  /** The interruption itself: from the last success, or the order when that is later, to the first success that was sent after it. */
  readonly gap: string;
  /** To the same success from the order of the fault: the RTO. */
  readonly order: string;
  /** From the moment in which the fault was proven in force. */
  readonly proof: string;
  /** From the sending of the first operation that failed. */
  readonly failure: string;
  /** The longest interruption that began only with a healing, of any fault and group that was hit. */
  readonly healing: string;
}

export function gapFigures(result: DrillResult, verb: Verb): GapFigures {
  const targets = new Set(result.faults.flatMap((fault) => fault.groups));
  const found = result.recoveries.filter(
    (one) => one.verb === verb && (targets.size === 0 || targets.has(one.group)),
  );
  const worst = found.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];
  if (worst === undefined) return same("not measured", "");
  const longest = Math.max(...found.map(({ healing = 0 }) => healing));
  const healing = longest === 0 ? "none" : formatDuration(longest);
  if (worst.rto === undefined) {
    const never = `never back in ${formatDuration(worst.atLeast ?? 0)}`;
    return { ...same(never, ""), healing };
  }
  if (worst.rto === 0) return { ...same("none", ""), healing };
  const after = worst.neededHealing ? ", until healed" : "";
  return {
    gap: `${formatDuration(worst.silence ?? worst.rto)}${after}`,
    order: formatDuration(worst.rto),
    proof: worst.fromProof === undefined ? "" : formatDuration(worst.fromProof),
    failure: worst.fromFailure === undefined ? "none failed" : formatDuration(worst.fromFailure),
    healing,
  };
}

function same(gap: string, other: string): GapFigures {
  return { gap, order: other, proof: other, failure: other, healing: other };
}

function lengthOf(one: Recovery): number {
  if (one.rto === undefined) return Number.POSITIVE_INFINITY;
  return one.rto === 0 ? 0 : (one.silence ?? one.rto);
}

/** The longest stall of a group while a fault elsewhere was in force or healed, beside what it may be by what it shows without a fault. */
export function healthyStall(result: DrillResult): string {
  const foreign = result.steadiness?.filter(({ faults }) => faults === "foreign");
  if (foreign === undefined) return "not measured";
  const [first, ...rest] = foreign;
  if (first === undefined) return "no other group";
  const worst = rest.reduce((a, b) => (b.longest > a.longest ? b : a), first);
  const verb = worst.verb === "send" ? "writes" : "reads";
  if (worst.longest === 0) return "none";
  return `${formatDuration(worst.longest)} (${verb}; may ${formatDuration(worst.longestBound)})`;
}
