import { JudgeError } from "../errors/judge-error.ts";
import { bounds } from "../history/bounds.ts";
import type { Micros } from "../history/micros.ts";
import type { Outcome, SendRecord } from "../history/operations.ts";
import { Bits, Column, Names } from "./columns.ts";

const outcomeBits = 3;
const storedBit = 4;
const storedTwiceBit = 8;
const onReplicaBit = 16;
const deliveredBit = 32;
/** Its client sent it more than once, or may have without telling. */
const repeatedBit = 64;
/** A copy lies where it was sent to, at the offset that was answered. */
const inPlaceBit = 128;
const wrongBodyBit = 256;
const rank: Readonly<Record<Outcome, number>> = { failed: 1, "in-doubt": 2, acknowledged: 3 };
const byRank: readonly (Outcome | undefined)[] = [undefined, "failed", "in-doubt", "acknowledged"];
/** Sequences are dense: none is further ahead of the number of sends than sends can be under way. */
const furthestAhead = 1_000_000;

export interface QueueName {
  readonly group: string;
  readonly topic: string;
  readonly queue: number;
}

/** Whether the numbers of the messages are what a producer gives them: 0, 1, 2, … each once. */
export interface Numbering {
  readonly sends: number;
  /** Numbers below the highest one that have no send. */
  readonly missing: number;
  readonly repeated: number;
  /** Numbers far beyond all sends. */
  readonly stray: number;
}

/**
 * What is known of each message, in columns indexed by its sequence: 30 bytes a message, 4 more for each consumer
 * group. Everything else about a message is in the history.
 */
export class MessageTable {
  readonly #state = Column.uint16();
  readonly #sent = Column.float64();
  readonly #done = Column.float64();
  readonly #queue = Column.uint16();
  readonly #key = Column.uint32();
  /** Answered queue offset + 1; 0 when none was. */
  readonly #offset = Column.uint32();
  readonly #had: Bits[] = [];
  readonly #ranks: Column[] = [];
  readonly #deliveries: number[] = [];
  readonly #queueNumbers = new Map<string, Map<string, Map<number, number>>>();
  readonly #queueNames: QueueName[] = [];
  readonly #keys = new Names();
  readonly #consumerGroups = new Names();
  #size = 0;
  #sends = 0;
  #repeated = 0;
  #stray = 0;
  #highest = -1;

  /** One more than the highest sequence seen. */
  get size(): number {
    return this.#size;
  }

  /** One more than the highest sequence that was sent. */
  get sentSize(): number {
    return this.#highest + 1;
  }

  get numbering(): Numbering {
    const missing = this.#highest + 1 - this.#sends;
    return { sends: this.#sends, missing, repeated: this.#repeated, stray: this.#stray };
  }

  /** Whether a number can be one of this run's, as far as its sends have come. */
  isPlausible(sequence: number): boolean {
    return sequence < this.#sends + furthestAhead;
  }

  addSend(record: SendRecord): void {
    const { sequence } = record;
    if (!this.isPlausible(sequence)) {
      this.#stray += 1;
      return;
    }
    this.#reach(sequence);
    const state = this.#state.get(sequence);
    const known = state & outcomeBits;
    const now = rank[record.outcome];
    // The same message sent again: it keeps its first sending and its best answer.
    if (known === 0) {
      this.#sent.set(sequence, record.sent);
      this.#sends += 1;
      if (sequence > this.#highest) this.#highest = sequence;
    } else this.#repeated += 1;
    const isRepeated = known !== 0 || record.attempts !== undefined || record.client === "node-proxy";
    if (now > known) {
      this.#state.set(sequence, (state & ~outcomeBits) | now | (isRepeated ? repeatedBit : 0));
      this.#done.set(sequence, record.done);
    }
    if (record.offset !== undefined) this.#offset.set(sequence, record.offset + 1);
    this.#queue.set(sequence, this.queueNumber(record.group, record.topic, record.queue));
    // A key keeps its order inside a broker group; the same key elsewhere is another one.
    if (record.key !== undefined)
      this.#key.set(sequence, this.#keys.number(`${record.group}\u0000${record.key}`));
  }

  /** Says whether this consumer group had it before. */
  addDelivery(sequence: number, consumerGroup: string): "first" | "again" {
    this.#reach(sequence);
    const group = this.#consumerGroups.number(consumerGroup) - 1;
    if (group >= bounds.consumerGroups)
      throw tooMany(`consumer groups (${bounds.consumerGroups} can be told apart)`);
    let had = this.#had[group];
    if (had === undefined) {
      had = new Bits();
      this.#had[group] = had;
      this.#ranks[group] = Column.uint32();
    }
    if (!had.add(sequence)) return "again";
    this.#state.set(sequence, this.#state.get(sequence) | deliveredBit);
    const place = this.#deliveries[group] ?? 0;
    this.#deliveries[group] = place + 1;
    this.#ranks[group]?.set(place, sequence);
    return "first";
  }

  addReplica(sequence: number): void {
    this.#reach(sequence);
    this.#state.set(sequence, this.#state.get(sequence) | onReplicaBit);
  }

  /** A copy on the replica that clients read. */
  addStored(sequence: number, queue: number, offset: number, hasItsBody: boolean): "first" | "again" {
    this.#reach(sequence);
    const state = this.#state.get(sequence);
    const again = (state & storedBit) !== 0;
    const answered = this.#offset.get(sequence);
    const isInPlace = this.#queue.get(sequence) === queue && (answered === 0 || answered === offset + 1);
    this.#state.set(
      sequence,
      state |
        storedBit |
        (again ? storedTwiceBit : 0) |
        (isInPlace ? inPlaceBit : 0) |
        (hasItsBody ? 0 : wrongBodyBit),
    );
    return again ? "again" : "first";
  }

  /** Sequences of which anything is known, in order. */
  *sequences(): Generator<number> {
    for (const sequence of this.#state.indices()) if (this.#state.get(sequence) !== 0) yield sequence;
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

  /** To any consumer. */
  isDelivered(sequence: number): boolean {
    return (this.#state.get(sequence) & deliveredBit) !== 0;
  }

  isRepeated(sequence: number): boolean {
    return (this.#state.get(sequence) & repeatedBit) !== 0;
  }

  isInPlace(sequence: number): boolean {
    return (this.#state.get(sequence) & inPlaceBit) !== 0;
  }

  hasWrongBody(sequence: number): boolean {
    return (this.#state.get(sequence) & wrongBodyBit) !== 0;
  }

  /** Queue offset that the broker answered; undefined when it did not. */
  answeredOffset(sequence: number): number | undefined {
    const answered = this.#offset.get(sequence);
    return answered === 0 ? undefined : answered - 1;
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
      if (number > bounds.queues) throw tooMany(`queues (${bounds.queues} can be told apart)`);
      this.#queueNames.push({ group, topic, queue });
      queues.set(queue, number);
    }
    return number;
  }

  queueName(number: number): QueueName {
    return this.#queueNames[number - 1] ?? { group: "?", topic: "?", queue: 0 };
  }

  /** Consumer groups that got anything. */
  get consumerGroups(): string[] {
    return this.#had.map((_, index) => this.#consumerGroups.name(index + 1));
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

  /** The deliveries of a consumer group, to be asked about many messages. */
  givenTo(consumerGroup: string): Bits {
    return this.#had[this.consumerGroups.indexOf(consumerGroup)] ?? new Bits();
  }

  #reach(sequence: number): void {
    if (sequence >= this.#size) this.#size = sequence + 1;
  }
}

function tooMany(what: string): JudgeError {
  return new JudgeError("HISTORY_CORRUPT", `The history has too many ${what}.`);
}
