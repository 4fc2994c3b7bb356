import { formatDuration } from "@hotfire/base";
import type { DrillResult } from "../result/result-schema.ts";
import type { Series } from "../series/series.ts";

/** A window on the time axis that a reader can switch to, in milliseconds since the clock's origin. */
export interface View {
  readonly id: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** The whole run, and each fault with what followed. */
export function makeViews(result: DrillResult, series: Series): View[] {
  const from = series.from / 1000;
  const to = Math.max(from + 1, series.to / 1000);
  const whole = makeView("whole", "Whole run", from, to, 0);
  const around = result.faults.flatMap((fault, index) => {
    if (fault.injected === undefined) return [];
    const begin = fault.injected.begin / 1000;
    const ends = result.recoveries.flatMap((one) =>
      one.fault === fault.id && one.rto !== undefined ? [one.rto / 1000] : [],
    );
    const longest = Math.max(400, ...ends);
    const view = { from: Math.max(from, begin - longest * 0.35), to: Math.min(to, begin + longest * 1.6) };
    // A zoom that shows nearly everything is no zoom.
    if (view.to - view.from > (to - from) * 0.7) return [];
    const label = result.faults.length > 1 ? `Around fault ${index + 1}` : "Around the fault";
    return [makeView(`fault-${index}`, label, view.from, view.to, begin)];
  });
  return [whole, ...around];
}

const steps = [
  10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
];

/** Ticks count from `zero`, so that around a fault they read as time since the fault. */
function makeView(id: string, label: string, from: number, to: number, zero: number): View {
  const step =
    steps.find((candidate) => (to - from) / candidate <= 8) ?? Math.ceil((to - from) / 8 / 600_000) * 600_000;
  const ticks: { at: number; text: string }[] = [];
  for (let at = zero + Math.ceil((from - zero) / step) * step; at <= to; at += step) {
    const since = at - zero;
    const text =
      since === 0
        ? "0"
        : `${since < 0 ? "−" : zero === 0 ? "" : "+"}${formatDuration(Math.abs(since) * 1000)}`;
    ticks.push({ at, text });
  }
  return { id, label, from, to, ticks };
}
