import { type SentTime, sentTimes } from "../history/expectation.ts";
import type { Micros } from "../history/micros.ts";
import type { Coverage } from "./coverage.ts";
import { contains, type Interval } from "./intervals.ts";
import type { MessageTable } from "./message-table.ts";

/** One message that a person may want to look up. */
export interface TellingMessage {
  readonly sequence: number;
  readonly group: string;
  readonly topic: string;
  readonly queue: number;
  readonly sent: Micros;
  readonly done: Micros;
  readonly key?: string;
  /** Delivered to a consumer. */
  readonly delivered: boolean;
  /** Found on a replica that clients do not read. */
  readonly onReplica: boolean;
}

/** When the messages of a class were sent, by broker group. */
export interface MessageSpan {
  readonly group: string;
  readonly count: number;
  readonly from: Micros;
  readonly to: Micros;
}

export interface MessageClass {
  readonly count: number;
  readonly spans: readonly MessageSpan[];
  /** The first few, by sequence. */
  readonly telling: readonly TellingMessage[];
}

/** Where every message of the run ended up. Counts are messages. */
export interface Accounting {
  readonly sent: number;
  readonly acknowledged: number;
  readonly failed: number;
  readonly inDoubt: number;
  /** Acknowledged and not there after healing. */
  readonly lost: MessageClass;
  readonly inDoubtArrived: number;
  readonly inDoubtGone: number;
  /** Answered as refused and yet stored: the broker's answer was wrong. */
  readonly failedButArrived: MessageClass;
  /** Stored more than once. */
  readonly duplicates: MessageClass;
  /** Of these, what the client sent only once: the brokers stored it twice. */
  readonly storedTwice: MessageClass;
  /** Stored with another body than was sent. */
  readonly wrongBody: MessageClass;
  /** Stored elsewhere than it was sent to, or at another offset than the broker answered. */
  readonly misplaced: MessageClass;
  /** In doubt or refused, delivered to a consumer, and not there after healing. */
  readonly vanished: MessageClass;
  /** Deliveries of a message to a consumer group that had it. */
  readonly redelivered: number;
  /** Acknowledged, there, and never delivered to a consumer group; undefined when the run had no consumer. */
  readonly undelivered: number | undefined;
  /** Stored or delivered, and never sent by this run. */
  readonly unexpected: MessageClass;
  /** Stored or delivered, of this run by their number, and without a record of their sending. */
  readonly unrecorded: number;
  /** Acknowledged or in doubt, in queues that were not read back to their end. */
  readonly unverified: number;
  /** Stored, and bodies do not tell which message is which. */
  readonly alike: number;
  /** Acknowledged, and the offset that the broker answered is not told. */
  readonly unplaced: number;
  /** Of three kinds: how many were not sent to a group that a fault hit, at the time that a claim may name. */
  readonly beyond: Readonly<Record<Explainable, Readonly<Record<SentTime, number>>>>;
}

/** What a fault that destroys data may take with it, as far as a claim says so. */
export type Explainable = "lost" | "vanished" | "undelivered";

/** By broker group. */
export type SentTimes = (group: string) => Readonly<Record<SentTime, readonly Interval[]>>;

const telling = 20;

class Class {
  count = 0;
  readonly #table: MessageTable;
  readonly #telling: TellingMessage[] = [];
  readonly #spans = new Map<string, MessageSpan>();

  constructor(table: MessageTable) {
    this.#table = table;
  }

  add(sequence: number): void {
    this.count += 1;
    this.#widen(this.#table.queueName(this.#table.queueOf(sequence)).group, this.#table.sent(sequence));
    if (this.#telling.length >= telling) return;
    const key = this.#table.keyName(sequence);
    this.#telling.push({
      sequence,
      ...this.#table.queueName(this.#table.queueOf(sequence)),
      sent: this.#table.sent(sequence),
      done: this.#table.done(sequence),
      ...(key === undefined ? {} : { key }),
      delivered: this.#table.isDelivered(sequence),
      onReplica: this.#table.isOnReplica(sequence),
    });
  }

  result(): MessageClass {
    return { count: this.count, spans: [...this.#spans.values()], telling: this.#telling };
  }

  #widen(group: string, sent: Micros): void {
    const span = this.#spans.get(group) ?? { group, count: 0, from: sent, to: sent };
    this.#spans.set(group, {
      group,
      count: span.count + 1,
      from: Math.min(span.from, sent),
      to: Math.max(span.to, sent),
    });
  }
}

export interface AccountingInput {
  readonly table: MessageTable;
  readonly coverage: Coverage;
  readonly redelivered: number;
  /** Rows with sequence -1. */
  readonly foreign: number;
  /** Consumer groups that are to get every message; empty when nothing consumes. */
  readonly consumerGroups: readonly string[];
  readonly times: SentTimes;
  /** A body tells whose it is: it follows from the message's number, all of it. */
  readonly hasNumberedBodies: boolean;
  /** The producing client tells the offset of every acknowledgement. */
  readonly tellsOffsets: boolean;
}

/** Goes through the table once, after the last record. */
export function accountMessages(input: AccountingInput): Accounting {
  const { table, coverage } = input;
  const lost = new Class(table);
  const failedButArrived = new Class(table);
  const duplicates = new Class(table);
  const unexpected = new Class(table);
  const storedTwice = new Class(table);
  const wrongBody = new Class(table);
  const misplaced = new Class(table);
  const vanished = new Class(table);
  const beyond = {
    lost: { "in-windows": 0, "until-in-force": 0 },
    vanished: { "in-windows": 0, "until-in-force": 0 },
    undelivered: { "in-windows": 0, "until-in-force": 0 },
  };
  const explain = (kind: Explainable, sequence: number) => {
    const times = input.times(table.queueName(table.queueOf(sequence)).group);
    for (const time of sentTimes) if (!contains(times[time], table.sent(sequence))) beyond[kind][time] += 1;
  };
  const vanish = (sequence: number) => {
    vanished.add(sequence);
    explain("vanished", sequence);
  };
  const given = input.consumerGroups.map((name) => table.givenTo(name));
  const counts = {
    acknowledged: 0,
    failed: 0,
    inDoubt: 0,
    arrived: 0,
    gone: 0,
    undelivered: 0,
    unverified: 0,
    unrecorded: 0,
    alike: 0,
    unplaced: 0,
  };
  for (const sequence of table.sequences()) {
    const outcome = table.outcome(sequence);
    const stored = table.isStored(sequence);
    if (table.isStoredTwice(sequence)) duplicates.add(sequence);
    if (outcome === undefined) {
      if (sequence < table.sentSize) counts.unrecorded += 1;
      else unexpected.add(sequence);
      continue;
    }
    if (stored && !input.hasNumberedBodies) counts.alike += 1;
    if (stored && table.hasWrongBody(sequence)) wrongBody.add(sequence);
    if (stored && !table.isInPlace(sequence)) misplaced.add(sequence);
    if (table.isStoredTwice(sequence) && !table.isRepeated(sequence)) storedTwice.add(sequence);
    if (outcome === "failed") {
      counts.failed += 1;
      if (stored) failedButArrived.add(sequence);
      else if (table.isDelivered(sequence)) vanish(sequence);
      continue;
    }
    const isKnown = stored || coverage.isComplete(table.queueOf(sequence));
    if (!isKnown) counts.unverified += 1;
    if (outcome === "in-doubt") {
      counts.inDoubt += 1;
      if (stored) counts.arrived += 1;
      else if (isKnown) {
        counts.gone += 1;
        if (table.isDelivered(sequence)) vanish(sequence);
      }
      continue;
    }
    counts.acknowledged += 1;
    if (input.tellsOffsets && table.answeredOffset(sequence) === undefined) counts.unplaced += 1;
    if (!stored && isKnown) {
      lost.add(sequence);
      explain("lost", sequence);
      // What is lost cannot be delivered: it is counted once.
      continue;
    }
    for (const had of given) {
      if (had.has(sequence)) continue;
      counts.undelivered += 1;
      explain("undelivered", sequence);
    }
  }
  const strange = unexpected.result();
  return {
    sent: counts.acknowledged + counts.failed + counts.inDoubt,
    acknowledged: counts.acknowledged,
    failed: counts.failed,
    inDoubt: counts.inDoubt,
    lost: lost.result(),
    inDoubtArrived: counts.arrived,
    inDoubtGone: counts.gone,
    failedButArrived: failedButArrived.result(),
    duplicates: duplicates.result(),
    storedTwice: storedTwice.result(),
    wrongBody: wrongBody.result(),
    misplaced: misplaced.result(),
    vanished: vanished.result(),
    redelivered: input.redelivered,
    undelivered: input.consumerGroups.length > 0 ? counts.undelivered : undefined,
    unexpected: { ...strange, count: strange.count + input.foreign },
    unrecorded: counts.unrecorded,
    unverified: counts.unverified,
    alike: counts.alike,
    unplaced: counts.unplaced,
    beyond,
  };
}
