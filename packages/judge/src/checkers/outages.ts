import type { Micros } from "../history/micros.ts";
import { type Interval, overlap } from "./intervals.ts";
import { binWidth, type Gap, type Lane, minGap } from "./lane.ts";

/** Without a single failure, only silence of this length (or ten operations) is an outage. */
export const stall: Micros = 500_000;
/** A lane that fails more often than this serves nobody, however short the gaps between its successes are. */
const leastShare = 0.5;
const leastBins = 3;
const leastOperations = 5;

/** A time without service: between two successes, or one in which most operations failed. */
export interface Silence {
  readonly from: Micros;
  /** First success after it; undefined when none came. */
  readonly to: Micros | undefined;
}

/** Gaps between successes and stretches of failing, put together where they meet. `end`: of the load. */
export function silences(lane: Lane, gaps: readonly Gap[], end: Micros): Silence[] {
  const spacing = lane.spacing ?? 0;
  const long = gaps.filter((gap) => (gap.to ?? end) - gap.from >= leastStall(lane));
  const all = [...long.map(({ from, to }) => ({ from, to })), ...failing(lane, long, spacing, end)];
  const merged: { from: Micros; to: Micros | undefined }[] = [];
  for (const one of all.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    // Two gaps that meet in one success stay two, unless most of what lies around it failed.
    if (last !== undefined && (last.to === undefined || one.from < last.to)) {
      if (last.to !== undefined) last.to = one.to === undefined ? undefined : Math.max(last.to, one.to);
    } else merged.push({ ...one });
  }
  return merged;
}

function failing(lane: Lane, gaps: readonly Gap[], spacing: Micros, end: Micros): Silence[] {
  const width = Math.max(1, Math.ceil((5 * spacing) / binWidth)) * binWidth;
  const stretches: { from: Micros; to: Micros; attempts: number }[] = [];
  let current: { from: Micros; to: Micros; attempts: number } | undefined;
  let bin = { at: -1, attempts: 0, served: 0 };
  const close = () => {
    if (bin.attempts === 0) return;
    const isBad = bin.served < bin.attempts * leastShare;
    if (!isBad) current = undefined;
    else if (current === undefined) {
      current = { from: bin.at, to: bin.at + width, attempts: bin.attempts };
      stretches.push(current);
    } else {
      current.to = bin.at + width;
      current.attempts += bin.attempts;
    }
  };
  for (const { at, attempts, served } of lane.bins()) {
    const begin = Math.floor(at / width) * width;
    if (begin !== bin.at) {
      close();
      bin = { at: begin, attempts: 0, served: 0 };
    }
    bin.attempts += attempts;
    bin.served += served;
  }
  close();
  return stretches.flatMap(({ from, to, attempts }): Silence[] => {
    if (to - from < leastBins * width || attempts < leastOperations) return [];
    if (to >= end - width) return [{ from, to: undefined }];
    // Beside a gap, whose ends are known exactly, the bins at either end say nothing new.
    const meets = gaps.some((gap) => overlap({ from, to }, { from: gap.from, to: gap.to ?? end }) > 0);
    const trimmed = meets ? { from: from + width, to: to - width } : { from, to };
    return trimmed.to > trimmed.from ? [trimmed] : [];
  });
}

/** Shorter is the pace of a lane's operations. */
export function leastStall(lane: Lane): Micros {
  return Math.max(minGap, 3 * (lane.spacing ?? 0));
}

/** Gaps that are longer than the pace of a lane's operations, as intervals up to `end`. */
export function gapIntervals(lane: Lane, gaps: readonly Gap[], end: Micros): Interval[] {
  const least = leastStall(lane);
  return gaps
    .map(({ from, to }) => ({ from, to: to ?? Math.max(end, from) }))
    .filter(({ from, to }) => to - from >= least);
}
