import { formatDuration } from "@hotfire/base";
import type { DelaySendRecord } from "../../history/kind-records.ts";
import type { Micros } from "../../history/micros.ts";
import { Histogram } from "../columns.ts";
import { Cases, type KindFindings, type KindViolation } from "./kind-findings.ts";
import type { Ledger } from "./ledger.ts";

/**
 * A delayed message never comes early. `bound`: how far the clocks of brokers and tester may be apart. By time a broker rounds the moment down to its
 * precision (HookUtils.transformTimerMessage), and delivers one precision later (TimerMessageStore.dequeue reads slots behind the present one only).
 */
export function judgeDelay(
  ledger: Ledger<DelaySendRecord>,
  bound: Micros,
): { readonly violations: readonly KindViolation[]; readonly lateness: KindFindings["lateness"] } {
  const cases = new Cases("delay-early");
  const late = new Histogram();
  for (const [number, send] of ledger.sends) {
    const first = ledger.first(number);
    if (first === undefined) continue;
    const early = send.due - first.at;
    if (early > bound)
      cases.add(
        `delay message ${number} (${send.by === "level" ? `level ${send.level ?? "?"}` : "by time"}) was delivered ${formatDuration(early)} early`,
      );
    // When a message in doubt was stored is not known.
    if (send.outcome === "acknowledged") late.add(Math.max(0, -early));
  }
  const p50 = late.quantile(0.5);
  const p99 = late.quantile(0.99);
  return {
    violations: cases.violations,
    lateness: p50 === undefined || p99 === undefined ? undefined : { p50, p99, max: late.max },
  };
}
