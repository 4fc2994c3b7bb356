import type { Micros } from "../history/micros.ts";
import type { SendRecord } from "../history/operations.ts";
import type { FaultWindow } from "./faults.ts";

export interface ActivityFindings {
  /** Sends acknowledged before the first fault, over all groups. */
  readonly before: number;
  readonly total: number;
  /** Groups without a single acknowledged send before the first fault. */
  readonly silentGroups: readonly string[];
}

/** Did anything happen? A drill in which nothing worked before the fault proves nothing about the fault. */
export class ActivityChecker {
  readonly #firstDone = new Map<string, Micros>();
  readonly #attempted = new Set<string>();
  /** Acknowledged sends per tenth of a second of their answer. */
  readonly #bins = new Map<number, number>();
  #total = 0;

  addSend(record: SendRecord): void {
    this.#attempted.add(record.group);
    if (record.outcome !== "acknowledged") return;
    this.#total += 1;
    const bin = Math.floor(record.done / 100_000);
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + 1);
    const first = this.#firstDone.get(record.group);
    if (first === undefined || record.done < first) this.#firstDone.set(record.group, record.done);
  }

  finish(windows: readonly FaultWindow[], groups: readonly string[]): ActivityFindings {
    const begin = windows[0]?.begin ?? Number.POSITIVE_INFINITY;
    let before = 0;
    for (const [bin, count] of this.#bins) if ((bin + 1) * 100_000 <= begin) before += count;
    const silentGroups = [...new Set([...groups, ...this.#attempted])].filter(
      (group) => (this.#firstDone.get(group) ?? Number.POSITIVE_INFINITY) >= begin,
    );
    return { before, total: this.#total, silentGroups: silentGroups.sort() };
  }
}
