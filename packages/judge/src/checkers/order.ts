import type { MessageTable } from "./message-table.ts";

/** `earlier` was acknowledged before `later` was even sent, and yet stands behind it. */
export interface OrderViolation {
  readonly where: "stored" | "delivered";
  /** What had to keep its order: a queue, or an ordering key. */
  readonly scope: "queue" | "key";
  readonly group: string;
  readonly topic: string;
  readonly queue: number;
  readonly key?: string;
  readonly earlier: number;
  readonly later: number;
}

export interface OrderFindings {
  readonly stored: number;
  readonly delivered: number;
  readonly deliveredByKey: number;
  readonly telling: readonly OrderViolation[];
}

const telling = 10;

/** The latest-sent message so far, per queue or key. */
class Front {
  readonly #latest = new Map<number, number>();

  /** The message that `sequence` should have preceded, if any. */
  pass(table: MessageTable, scope: number, sequence: number): number | undefined {
    const front = this.#latest.get(scope);
    if (front === undefined) {
      this.#latest.set(scope, sequence);
      return undefined;
    }
    const frontSent = table.sent(front);
    if (table.sent(sequence) > frontSent) this.#latest.set(scope, sequence);
    const acknowledged = table.acknowledgedAt(sequence);
    return acknowledged !== undefined && acknowledged <= frontSent ? front : undefined;
  }
}

/**
 * Order as far as anybody could rely on it: when a message was acknowledged before another one was sent, it comes
 * first in its queue, and every consumer group gets it first. Messages that were in flight together have no order.
 * Repeated deliveries are duplicates, not disorder.
 */
export class OrderChecker {
  readonly #table: MessageTable;
  readonly #stored = new Front();
  readonly #telling: OrderViolation[] = [];
  #storedCount = 0;

  constructor(table: MessageTable) {
    this.#table = table;
  }

  /** A message of the authoritative replica, in offset order of its queue; its first copy only. */
  addStored(queueNumber: number, sequence: number): void {
    if (this.#table.outcome(sequence) === undefined) return;
    const later = this.#stored.pass(this.#table, queueNumber, sequence);
    if (later === undefined) return;
    this.#storedCount += 1;
    this.#tell("stored", "queue", queueNumber, sequence, later);
  }

  finish(): OrderFindings {
    let delivered = 0;
    let deliveredByKey = 0;
    for (const deliveries of this.#table.deliveries()) {
      const queues = new Front();
      const keys = new Front();
      for (let place = 0; place < deliveries.count; place += 1) {
        const sequence = deliveries.sequence(place);
        if (this.#table.outcome(sequence) === undefined) continue;
        const queue = this.#table.queueOf(sequence);
        const later = queues.pass(this.#table, queue, sequence);
        if (later !== undefined) {
          delivered += 1;
          this.#tell("delivered", "queue", queue, sequence, later);
        }
        const key = this.#table.key(sequence);
        const laterOfKey = key === 0 ? undefined : keys.pass(this.#table, key, sequence);
        if (laterOfKey !== undefined) {
          deliveredByKey += 1;
          this.#tell("delivered", "key", queue, sequence, laterOfKey);
        }
      }
    }
    return { stored: this.#storedCount, delivered, deliveredByKey, telling: this.#telling };
  }

  #tell(
    where: "stored" | "delivered",
    scope: "queue" | "key",
    queue: number,
    earlier: number,
    later: number,
  ): void {
    if (this.#telling.length >= telling) return;
    const key = this.#table.keyName(earlier);
    this.#telling.push({
      where,
      scope,
      ...this.#table.queueName(queue),
      ...(key === undefined ? {} : { key }),
      earlier,
      later,
    });
  }
}
