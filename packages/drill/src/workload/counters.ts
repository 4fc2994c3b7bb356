import { Histogram } from "@hotfire/judge";
import type { OperationRecord } from "@hotfire/judge/history";
import type { GroupStats, WorkloadStats } from "./workload-options.ts";

/** The live numbers of a workload. */
export class Counters implements WorkloadStats {
  readonly groups: ReadonlyMap<string, GroupStats>;
  readonly #schedulingError = new Histogram();
  inFlight = 0;
  sent = 0;

  constructor(groups: readonly string[]) {
    this.groups = new Map(
      groups.map((group) => [group, { acknowledged: 0, failed: 0, inDoubt: 0, consumed: 0 }]),
    );
  }

  get schedulingErrorP99Micros(): number {
    return this.#schedulingError.quantile(0.99) ?? 0;
  }

  add(record: OperationRecord): void {
    const stats = this.groups.get(record.group);
    if (stats === undefined) return;
    if (record.type === "consume") {
      stats.consumed += record.messages.length;
      return;
    }
    this.#schedulingError.add(record.sent - record.scheduled);
    if (record.outcome === "acknowledged") stats.acknowledged += 1;
    else if (record.outcome === "failed") stats.failed += 1;
    else stats.inDoubt += 1;
  }
}
