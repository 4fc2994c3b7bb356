import { bodyCrcFor } from "../../history/body-crc.ts";
import type { KindRule } from "../../history/expectation.ts";
import type { ApplicationKind, KindLoad, KindSendRecord } from "../../history/kind-records.ts";
import { Cases, type KindViolation } from "./kind-findings.ts";
import type { Ledger } from "./ledger.ts";

export interface CommonInput {
  readonly kind: ApplicationKind;
  readonly ledger: Ledger<KindSendRecord>;
  readonly load: KindLoad | undefined;
  /** The producer's own count. */
  readonly stopped: number | undefined;
  /** Which messages must be delivered. Default: what was acknowledged. */
  readonly due?: ((number: number) => boolean) | undefined;
  /** A message that was sent once may be stored twice. */
  readonly mayRepeat?: true | undefined;
}

/** What holds of every kind: nothing missing, nothing made up, bodies whole, sent once is stored once. */
export function judgeCommon({ kind, ledger, load, stopped, due, mayRepeat }: CommonInput): KindViolation[] {
  const of = (rule: KindRule) => new Cases(rule);
  const missing = of("kind-missing");
  const body = of("kind-body");
  const unexpected = of("kind-unexpected");
  const twice = of("kind-twice");
  const bodies = load === undefined || kind === "large" ? undefined : bodyCrcFor(load.messageBytes);
  for (const [number, send] of ledger.sends) {
    const copies = ledger.copies(number);
    const what = `${kind} message ${number}`;
    const isDue = due?.(number) ?? send.outcome === "acknowledged";
    if (isDue && copies.length === 0) missing.add(`${what} was never delivered`);
    if (send.outcome === "failed" && copies.length > 0) unexpected.add(`${what} was refused and delivered`);
    const crc = send.type === "large-send" ? send.crc : bodies?.of(number);
    if (crc !== undefined && copies.some((copy) => copy.crc !== crc))
      body.add(`${what} was delivered with another body`);
    const wasRepeated = send.type === "fifo-send" && send.attempts > 1;
    const stored = copies.filter(({ isRetry }) => !isRetry).length;
    if (stored > 1 && mayRepeat !== true && !wasRepeated) twice.add(`${what} was sent once and stored twice`);
  }
  // Below the producer's own count its record is missing, and without the count more may have been sent.
  const end = stopped ?? Number.POSITIVE_INFINITY;
  for (const number of ledger.deliveries.keys())
    if (number >= end) unexpected.add(`${kind} message ${number} was delivered and never sent`);
  for (let left = ledger.foreign; left > 0; left -= 1)
    unexpected.add(`a ${kind} message was delivered that is not of this run`);
  return [missing, body, unexpected, twice].flatMap(({ violations }) => violations);
}
