import type { BurstRecord, HeaderRecord } from "../history/run-records.ts";

/** What one group took when it was asked for as much as it can. */
export interface Throughput {
  readonly group: string;
  readonly concurrency: number;
  /** Acknowledged sends per second of each burst. */
  readonly rates: readonly number[];
  readonly median: number;
}

/** Bursts of each group, in the order of the cluster's groups. */
export function throughputs(
  bursts: readonly BurstRecord[],
  { cluster }: Pick<HeaderRecord, "cluster">,
): Throughput[] {
  return cluster.groups.flatMap(({ name }) => {
    const mine = bursts.filter((burst) => burst.group === name && burst.end > burst.begin);
    const [first] = mine;
    if (first === undefined) return [];
    const rates = mine.map(({ acknowledged, begin, end }) => (acknowledged * 1_000_000) / (end - begin));
    return [{ group: name, concurrency: first.concurrency, rates, median: medianOf(rates) }];
  });
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
