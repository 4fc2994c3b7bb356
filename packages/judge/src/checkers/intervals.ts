import type { Micros } from "../history/micros.ts";

/** From `from` (inclusive) to `to` (exclusive). */
export interface Interval {
  readonly from: Micros;
  readonly to: Micros;
}

/** In order, none empty, none touching another. */
export function unite(intervals: readonly Interval[]): Interval[] {
  const united: { from: Micros; to: Micros }[] = [];
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    if (to <= from) continue;
    const last = united.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else united.push({ from, to });
  }
  return united;
}

/** What of `intervals` is in none of `others`. */
export function without(intervals: readonly Interval[], others: readonly Interval[]): Interval[] {
  let left = unite(intervals);
  for (const { from, to } of others) {
    left = left.flatMap((one) => [
      ...(one.from < from ? [{ from: one.from, to: Math.min(one.to, from) }] : []),
      ...(one.to > to ? [{ from: Math.max(one.from, to), to: one.to }] : []),
    ]);
  }
  return left.filter(({ from, to }) => to > from);
}

export function clip(intervals: readonly Interval[], bound: Interval): Interval[] {
  return unite(
    intervals.map(({ from, to }) => ({ from: Math.max(from, bound.from), to: Math.min(to, bound.to) })),
  );
}

export function lengthOf(intervals: readonly Interval[]): Micros {
  return intervals.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** Time that two have in common. */
export function overlap(a: Interval, b: Interval): Micros {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}

/** Whether a moment lies in one of them; they must be in order and apart, as `unite` leaves them. */
export function contains(intervals: readonly Interval[], at: Micros): boolean {
  let low = 0;
  let high = intervals.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = intervals[middle];
    if (one === undefined) return false;
    if (at < one.from) high = middle - 1;
    else if (at >= one.to) low = middle + 1;
    else return true;
  }
  return false;
}
