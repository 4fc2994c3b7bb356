import type { PullResult } from "@hotfire/remoting";

/** How long a master may say that an offset does not exist before it is believed. */
const graceMs = 3000;

/**
 * Where the consumer is in a queue. It moves over messages that came, and over nothing else: a slave that lags, or a
 * master whose consume queue is still being built, answers beyond its end with a "nearest" offset that is too low. A
 * master that insists has lost what was there, and then the position is its word, as for the Java client.
 */
export class QueuePosition {
  #next = 0;
  #missingSince: number | undefined;

  /** Offset of the next message. */
  get next(): number {
    return this.#next;
  }

  /** Takes a pull's answer in; `now` in milliseconds. */
  move(answer: Pick<PullResult, "status" | "messages" | "nextOffset">, isMaster: boolean, now: number): void {
    const last = answer.messages.at(-1);
    if (last !== undefined) this.#next = Math.max(this.#next, last.queueOffset + 1);
    if (answer.status !== "offset-illegal" || !isMaster) {
      if (isMaster || last !== undefined) this.#missingSince = undefined;
      return;
    }
    this.#missingSince ??= now;
    if (now - this.#missingSince < graceMs) return;
    this.#next = answer.nextOffset;
    this.#missingSince = undefined;
  }
}
