export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  readonly count: number;
}

/** Nearest-rank percentiles of at least one value. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { min: at(0), median: at(0.5), p95: at(0.95), max: at(1), count: sorted.length };
}

export const round = (value: number, digits = 0): number => Number(value.toFixed(digits));
