import type { BatchSendRecord } from "../../history/kind-records.ts";
import { Cases, type KindViolation } from "./kind-findings.ts";
import type { Ledger } from "./ledger.ts";

/**
 * A batch that is acknowledged is whole, in one queue, its messages side by side. One in doubt may be there in part, and then from its
 * beginning on: DLedger appends the messages of a batch as entries one by one (DLedgerStore.appendAsLeader), and a slave copies the log in
 * pieces (DefaultHAService); a leader or master that takes over may have the first ones only.
 */
export function judgeBatches(ledger: Ledger<BatchSendRecord>): {
  readonly violations: readonly KindViolation[];
  /** Batches in doubt of which only the beginning is there. */
  readonly partial: number;
} {
  const cases = new Cases("batch-whole");
  let partial = 0;
  for (const batch of new Set(ledger.sends.values())) {
    const { number, size, queue } = batch;
    const copies = Array.from({ length: size }, (_, index) => ledger.first(number + index));
    const there = copies.filter((copy) => copy !== undefined);
    const prefix = copies.indexOf(undefined);
    const what = `batch ${number} to ${number + size - 1}`;
    if (there.length > 0 && there.length < size) {
      if (batch.outcome === "acknowledged")
        cases.add(`${what} was acknowledged and is there in part: ${there.length} of ${size}`);
      else if (prefix < there.length) cases.add(`${what} has a hole behind its message ${prefix}`);
      else partial += 1;
    }
    const begin = there[0]?.offset ?? 0;
    if (there.some((copy, index) => copy.queue !== queue || copy.offset !== begin + index)) {
      // With a hole the places say nothing more.
      if (there.length === size) cases.add(`${what} does not lie side by side in its queue`);
    }
  }
  return { violations: cases.violations, partial };
}
