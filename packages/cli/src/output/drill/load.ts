import type { GroupRate } from "@hotfire/drill";

/** Operations of one broker group between two moments of the run, in microseconds. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly acknowledged: number;
  readonly failed: number;
  readonly inDoubt: number;
  readonly consumed: number;
}

export interface GroupLoad {
  /** The newest bins, as they came. */
  readonly recent: readonly Bin[];
  /** The whole run; neighbours are put together whenever it gets too long. */
  readonly whole: readonly Bin[];
}

export const noLoad: GroupLoad = { recent: [], whole: [] };

const mostRecent = 240;
const mostWhole = 2000;

export function addRate(load: GroupLoad, rate: GroupRate, from: number, to: number): GroupLoad {
  const { acknowledged, failed, inDoubt, consumed } = rate;
  const bin: Bin = { from, to, acknowledged, failed, inDoubt, consumed };
  const whole = [...load.whole, bin];
  return {
    recent: [...load.recent, bin].slice(-mostRecent),
    whole: whole.length > mostWhole ? resample(whole, mostWhole / 2) : whole,
  };
}

/** The same operations in at most so many bins of equal duration. */
export function resample(bins: readonly Bin[], most: number): Bin[] {
  if (bins.length <= most) return [...bins];
  const first = bins[0]?.from ?? 0;
  const duration = ((bins.at(-1)?.to ?? first) - first) / most;
  const parts: Bin[][] = Array.from({ length: most }, () => []);
  for (const bin of bins) {
    const middle = (bin.from + bin.to) / 2;
    parts[Math.min(most - 1, Math.floor((middle - first) / duration))]?.push(bin);
  }
  return parts.filter((part) => part.length > 0).map(merge);
}

function merge(bins: readonly Bin[]): Bin {
  const sum = (key: "acknowledged" | "failed" | "inDoubt" | "consumed") =>
    bins.reduce((total, bin) => total + bin[key], 0);
  return {
    from: bins[0]?.from ?? 0,
    to: bins.at(-1)?.to ?? 0,
    acknowledged: sum("acknowledged"),
    failed: sum("failed"),
    inDoubt: sum("inDoubt"),
    consumed: sum("consumed"),
  };
}

const second = 1_000_000;

/** Per second. */
export function rateOf(bin: Bin, key: "acknowledged" | "failed" | "inDoubt" | "consumed"): number {
  return bin.to > bin.from ? (bin[key] * second) / (bin.to - bin.from) : 0;
}

/** The last second's bins as one; undefined before there is any. */
export function lastSecond(bins: readonly Bin[]): Bin | undefined {
  const last = bins.at(-1);
  return last && merge(bins.filter(({ to }) => to > last.to - second));
}
