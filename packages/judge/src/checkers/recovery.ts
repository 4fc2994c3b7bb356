import type { Micros } from "../history/micros.ts";
import type { Verb } from "../history/operations.ts";
import type { LaneFindings, Outage } from "./availability.ts";
import type { FaultWindow } from "./faults.ts";

/** What one fault cost one verb on one broker group. */
export interface Recovery {
  readonly fault: string;
  readonly group: string;
  readonly verb: Verb;
  /** Fault ordered -> first success after the longest outage; 0 without an outage, undefined when it never came back. */
  readonly rto: Micros | undefined;
  /** When it never came back: how long it was watched. A lower bound of the RTO. */
  readonly atLeast?: Micros;
  /** That outage itself: from the last success before it, or from the order when that is later. */
  readonly silence?: Micros;
  /** From the moment in which the fault was proven in force; 0 when it was over by then. */
  readonly fromProof?: Micros;
  /** From the sending of its first operation that failed; absent when none did. */
  readonly fromFailure?: Micros;
  /** Sum of this fault's outages. */
  readonly downtime: Micros;
  /** The longest of them, also one that began with the healing and is no RTO. */
  readonly longest: Micros;
  /** The longest of those that began with the healing; 0 without one. */
  readonly healing: Micros;
  /** Fault ordered -> end of its last outage: later failures belong to nobody. */
  readonly settled: Micros | undefined;
  /** The longest outage ended only after healing had begun. */
  readonly neededHealing: boolean;
}

/** An outage that began so shortly before the healing would have been there without it. */
const graze: Micros = 300_000;

export function recovery(lane: LaneFindings, window: FaultWindow, laneEnd: Micros): Recovery {
  const { group, verb } = lane;
  const base = { fault: window.fault.id, group, verb };
  const outages = lane.outages.filter((outage) => outage.fault === window.fault.id);
  const length = ({ from, to }: Outage) => (to ?? laneEnd) - from;
  const longestOf = (some: readonly Outage[]) => some.toSorted((a, b) => length(b) - length(a))[0];
  const open = outages.find(({ to }) => to === undefined);
  const healing = longestOf(outages.filter(({ duringHealing }) => duringHealing));
  const last = outages.at(-1);
  const costs = {
    downtime: outages.reduce((sum, outage) => sum + length(outage), 0),
    longest: Math.max(0, ...outages.map(length)),
    healing: healing === undefined ? 0 : length(healing),
    settled: last === undefined ? 0 : open === undefined ? (last.to ?? laneEnd) - window.begin : undefined,
  };
  // What does not come back is not back, whatever began it.
  if (open !== undefined) {
    const atLeast = Math.max(0, laneEnd - window.begin);
    return {
      ...base,
      rto: undefined,
      atLeast,
      ...figures(open, window, laneEnd),
      ...costs,
      neededHealing: true,
    };
  }
  // Outages that begin with the healing (a leader moves back, a broker re-registers) cost downtime, but are no RTO.
  const longest = longestOf(outages.filter(({ duringHealing }) => !duringHealing));
  if (longest === undefined) return { ...base, rto: 0, ...costs, neededHealing: false };
  const to = longest.to ?? laneEnd;
  const neededHealing = to > window.healBegin && window.healBegin - longest.from >= graze;
  return { ...base, rto: to - window.begin, ...figures(longest, window, laneEnd), ...costs, neededHealing };
}

function figures(outage: Outage, { inForce }: FaultWindow, laneEnd: Micros) {
  const { from, to = laneEnd, firstFailure } = outage;
  return {
    silence: to - from,
    fromProof: Math.max(0, to - inForce),
    ...(firstFailure === undefined ? {} : { fromFailure: Math.max(0, to - firstFailure) }),
  };
}
