import type { KindConsumeRecord, KindSendRecord, PopTakeRecord } from "../../history/kind-records.ts";
import type { Micros } from "../../history/micros.ts";

/** One copy of a message that reached the consumer. */
export interface Copy {
  readonly group: string;
  readonly queue: number;
  readonly offset: number;
  /** When it was there first: the end of the pull that brought it. */
  readonly at: Micros;
  readonly crc: number;
  /** From a consumer group's retry topic: RocketMQ's own copy. */
  readonly isRetry: boolean;
  /** Its place among all deliveries of the kind, in the order in which they came. */
  readonly place: number;
}

const mostCopies = 8;

/** The sends and deliveries of one kind, by message. A load of applications is small: tens of messages a second. */
export class Ledger<Send extends KindSendRecord> {
  readonly #sends = new Map<number, Send>();
  readonly #copies = new Map<number, Copy[]>();
  #records = 0;
  #repeated = 0;
  #foreign = 0;
  #place = 0;

  /** `size` messages, with one outcome. */
  addSend(record: Send, size = 1): void {
    this.#records += 1;
    for (let number = record.number; number < record.number + size; number += 1) {
      if (this.#sends.has(number)) this.#repeated += 1;
      else this.#sends.set(number, record);
    }
  }

  addConsume({ group, queue, done, messages }: KindConsumeRecord): void {
    for (const [offset, number, crc] of messages)
      this.#add(number, { group, queue, offset, at: done, crc, isRetry: false });
  }

  addTake({ group, done, deliveries }: PopTakeRecord): void {
    for (const { number, queue, offset, crc, retry } of deliveries)
      this.#add(number, { group, queue, offset, at: done, crc, isRetry: retry });
  }

  #add(number: number, copy: Omit<Copy, "place">): void {
    this.#place += 1;
    if (number < 0) {
      this.#foreign += 1;
      return;
    }
    const copies = this.#copies.get(number) ?? [];
    this.#copies.set(number, copies);
    // The same copy read again is no other one.
    const isKnown = copies.some(
      ({ group, queue, offset, isRetry }) =>
        group === copy.group && queue === copy.queue && offset === copy.offset && isRetry === copy.isRetry,
    );
    if (!isKnown && copies.length < mostCopies) copies.push({ ...copy, place: this.#place });
  }

  /** By number. */
  get sends(): ReadonlyMap<number, Send> {
    return this.#sends;
  }

  /** Numbers that reached the consumer. */
  get deliveries(): ReadonlyMap<number, readonly Copy[]> {
    return this.#copies;
  }

  copies(number: number): readonly Copy[] {
    return this.#copies.get(number) ?? [];
  }

  first(number: number): Copy | undefined {
    return this.#copies.get(number)?.[0];
  }

  get repeated(): number {
    return this.#repeated;
  }

  get foreign(): number {
    return this.#foreign;
  }

  /** Numbers below the highest that were sent by no record. */
  get missing(): number {
    let highest = -1;
    for (const number of this.#sends.keys()) if (number > highest) highest = number;
    return highest + 1 - this.#sends.size;
  }

  get longestGap(): Micros | undefined {
    const times = new Map<string, Micros[]>();
    for (const send of new Set(this.#sends.values())) {
      if (send.outcome !== "acknowledged") continue;
      const list = times.get(send.group) ?? [];
      times.set(send.group, list);
      list.push(send.done);
    }
    let longest: Micros | undefined;
    for (const list of times.values()) {
      list.sort((a, b) => a - b);
      for (let index = 1; index < list.length; index += 1) {
        const gap = (list[index] ?? 0) - (list[index - 1] ?? 0);
        if (longest === undefined || gap > longest) longest = gap;
      }
    }
    return longest;
  }
}
