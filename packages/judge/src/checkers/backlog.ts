import type { Micros } from "../history/micros.ts";
import type { ConsumeRecord, SendRecord } from "../history/operations.ts";

/** A consumer that is behind by less than this of acknowledged messages is served: brokers show a message a moment late. */
const patience: Micros = 1_000_000;
/** Acknowledgements of a queue are remembered in steps of this. */
const step: Micros = 10_000;

interface Queue {
  /** Acknowledged up to `end`, the first of them at `at`; what every consumer has read is forgotten. */
  readonly waiting: { readonly at: Micros; end: number }[];
  lastAt: Micros;
  readonly next: Map<string, number>;
}

/**
 * Does a pull that brings nothing serve its client? It does when there is nothing to bring: while messages wait that were
 * acknowledged more than a second before the newest one of their queue, "nothing new" is no service.
 */
export class Backlog {
  readonly #queues = new Map<string, Map<number, Queue>>();

  addSend({ group, queue, outcome, offset, done }: SendRecord): void {
    if (outcome !== "acknowledged" || offset === undefined) return;
    const one = this.#queue(group, queue);
    one.lastAt = Math.max(one.lastAt, done);
    const last = one.waiting.at(-1);
    if (last !== undefined && offset < last.end) return;
    if (last !== undefined && done < last.at + step) last.end = offset + 1;
    else one.waiting.push({ at: done, end: offset + 1 });
  }

  /** `fresh`: messages that its consumer group had not had. */
  serves({ group, queue, consumerGroup, outcome, messages }: ConsumeRecord, fresh: number): boolean {
    if (outcome !== "acknowledged") return false;
    const one = this.#queue(group, queue);
    let next = one.next.get(consumerGroup) ?? 0;
    for (const [offset] of messages) if (offset >= next) next = offset + 1;
    one.next.set(consumerGroup, next);
    const least = one.next.size === 1 ? next : Math.min(...one.next.values());
    let read = 0;
    while ((one.waiting[read]?.end ?? Number.POSITIVE_INFINITY) <= least) read += 1;
    if (read > 0) one.waiting.splice(0, read);
    if (fresh > 0) return true;
    const oldest = one.waiting.find(({ end }) => end > next);
    return oldest === undefined || one.lastAt - oldest.at <= patience;
  }

  #queue(group: string, queue: number): Queue {
    let queues = this.#queues.get(group);
    if (queues === undefined) {
      queues = new Map();
      this.#queues.set(group, queues);
    }
    let one = queues.get(queue);
    if (one === undefined) {
      one = { waiting: [], lastAt: 0, next: new Map() };
      queues.set(queue, one);
    }
    return one;
  }
}
