import type { Micros } from "../history/micros.ts";
import type { Outcome, SendRecord } from "../history/operations.ts";
import { Column, Names } from "./columns.ts";

const outcomeBits = 3;
const storedBit = 4;
const storedTwiceBit = 8;
const onReplicaBit = 16;
const rank: Readonly<Record<Outcome, number>> = { failed: 1, "in-doubt": 2, acknowledged: 3 };
const byRank: readonly (Outcome | undefined)[] = [undefined, "failed", "in-doubt", "acknowledged"];
/** A consumer group is one bit of a byte. */
const maxConsumerGroups = 8;

export interface QueueName {
  readonly group: string;
  readonly topic: string;
  readonly queue: number;
}

/**
 * What is known of each message, in columns indexed by its sequence: 24 bytes a message, 4 more for each consumer
 * group. Everything else about a message is in the history.
 */
export class MessageTable {
  readonly #state = Column.uint8();
  readonly #sent = Column.float64();
  readonly #done = Column.float64();
  readonly #queue = Column.uint16();
  readonly #key = Column.uint32();
  readonly #delivered = Column.uint8();
  readonly #ranks: Column[] = [];
  readonly #deliveries: number[] = [];
  readonly #queueNumbers = new Map<string, Map<string, Map<number, number>>>();
  readonly #queueNames: QueueName[] = [];
  readonly #keys = new Names();
  readonly #consumerGroups = new Names();
  #size = 0;

  /** One more than the highest sequence seen. */
  get size(): number {
    return this.#size;
  }

  addSend(record: SendRecord): void {
    const { sequence } = record;
    this.#reach(sequence);
    const state = this.#state.get(sequence);
    const known = state & outcomeBits;
    const now = rank[record.outcome];
    // The same message sent again: it keeps its first sending and its best answer.
    if (known === 0) this.#sent.set(sequence, record.sent);
    if (now > known) {
      this.#state.set(sequence, (state & ~outcomeBits) | now);
      this.#done.set(sequence, record.done);
    }
    this.#queue.set(sequence, this.queueNumber(record.group, record.topic, record.queue));
    // A key keeps its order inside a broker group; the same key elsewhere is another one.
    if (record.key !== undefined)
      this.#key.set(sequence, this.#keys.number(`${record.group}\u0000${record.key}`));
  }

  /** Says whether this consumer group had it before. */
  addDelivery(sequence: number, consumerGroup: string): "first" | "again" {
    this.#reach(sequence);
    const group = Math.min(this.#consumerGroups.number(consumerGroup), maxConsumerGroups) - 1;
    const bit = 1 << group;
    const had = this.#delivered.get(sequence);
    if ((had & bit) !== 0) return "again";
    this.#delivered.set(sequence, had | bit);
    let ranks = this.#ranks[group];
    if (ranks === undefined) {
      ranks = Column.uint32();
      this.#ranks[group] = ranks;
    }
    const place = this.#deliveries[group] ?? 0;
    this.#deliveries[group] = place + 1;
    ranks.set(place, sequence);
    return "first";
  }

  addStored(sequence: number, authoritative: boolean): "first" | "again" {
    this.#reach(sequence);
    const state = this.#state.get(sequence);
    if (!authoritative) {
      this.#state.set(sequence, state | onReplicaBit);
      return "first";
    }
    const again = (state & storedBit) !== 0;
    this.#state.set(sequence, state | storedBit | (again ? storedTwiceBit : 0));
    return again ? "again" : "first";
  }

  outcome(sequence: number): Outcome | undefined {
    return byRank[this.#state.get(sequence) & outcomeBits];
  }

  isStored(sequence: number): boolean {
    return (this.#state.get(sequence) & storedBit) !== 0;
  }

  isStoredTwice(sequence: number): boolean {
    return (this.#state.get(sequence) & storedTwiceBit) !== 0;
  }

  isOnReplica(sequence: number): boolean {
    return (this.#state.get(sequence) & onReplicaBit) !== 0;
  }

  isDelivered(sequence: number): boolean {
    return this.#delivered.get(sequence) !== 0;
  }

  sent(sequence: number): Micros {
    return this.#sent.get(sequence);
  }

  /** When it was acknowledged; undefined when it was not. */
  acknowledgedAt(sequence: number): Micros | undefined {
    return this.outcome(sequence) === "acknowledged" ? this.#done.get(sequence) : undefined;
  }

  done(sequence: number): Micros {
    return this.#done.get(sequence);
  }

  /** Number of the queue it was sent to, for `queueName`; 0 when its send is not in the history. */
  queueOf(sequence: number): number {
    return this.#queue.get(sequence);
  }

  key(sequence: number): number {
    return this.#key.get(sequence);
  }

  keyName(sequence: number): string | undefined {
    const name = this.#keys.name(this.#key.get(sequence));
    return name === "" ? undefined : name.slice(name.indexOf("\u0000") + 1);
  }

  queueNumber(group: string, topic: string, queue: number): number {
    let topics = this.#queueNumbers.get(group);
    if (topics === undefined) {
      topics = new Map();
      this.#queueNumbers.set(group, topics);
    }
    let queues = topics.get(topic);
    if (queues === undefined) {
      queues = new Map();
      topics.set(topic, queues);
    }
    let number = queues.get(queue);
    if (number === undefined) {
      // 0 stands for "no queue".
      number = this.#queueNames.length + 1;
      this.#queueNames.push({ group, topic, queue });
      queues.set(queue, number);
    }
    return number;
  }

  queueName(number: number): QueueName {
    return this.#queueNames[number - 1] ?? { group: "?", topic: "?", queue: 0 };
  }

  /** First deliveries to each consumer group, in the order in which they came. */
  *deliveries(): Generator<{ consumerGroup: string; count: number; sequence: (place: number) => number }> {
    for (const [group, ranks] of this.#ranks.entries()) {
      yield {
        consumerGroup: this.#consumerGroups.name(group + 1),
        count: this.#deliveries[group] ?? 0,
        sequence: (place) => ranks.get(place),
      };
    }
  }

  #reach(sequence: number): void {
    if (sequence >= this.#size) this.#size = sequence + 1;
  }
}
