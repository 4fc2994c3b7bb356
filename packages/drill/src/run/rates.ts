import type { RunClock } from "../workload/clock.ts";
import type { DrillEvent, GroupRate } from "./drill-event.ts";
import type { Load } from "./load.ts";

const everyMs = 250;

/** Emits what happened in each group since the time before, four times a second. Returns how to end it. */
export function reportRates(load: Load, clock: RunClock, emit: (event: DrillEvent) => void): () => void {
  let before = new Map([...load.totals()].map(([group, totals]) => [group, { ...totals }]));
  const timer = setInterval(() => {
    const now = new Map([...load.totals()].map(([group, totals]) => [group, { ...totals }]));
    const groups = [...now].map(([group, totals]): GroupRate => {
      const last = before.get(group);
      return {
        group,
        acknowledged: totals.acknowledged - (last?.acknowledged ?? 0),
        failed: totals.failed - (last?.failed ?? 0),
        inDoubt: totals.inDoubt - (last?.inDoubt ?? 0),
        consumed: totals.consumed - (last?.consumed ?? 0),
      };
    });
    before = now;
    emit({ type: "rates", at: clock.now(), groups });
  }, everyMs);
  return () => clearInterval(timer);
}
