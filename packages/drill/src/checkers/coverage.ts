import type { ReadBackDoneRecord, ReadBackRecord } from "../history/read-back-records.ts";
import type { MessageTable } from "./message-table.ts";

/** One queue of one replica as it was read back. */
interface QueueRead {
  next: number;
  from: number | undefined;
  to: number | undefined;
  error: string | undefined;
}

/**
 * Which queues were read back to their end. Only there is the absence of a message a fact; elsewhere it is unknown.
 */
export class Coverage {
  readonly #table: MessageTable;
  readonly #reads = new Map<number, QueueRead>();

  constructor(table: MessageTable) {
    this.#table = table;
  }

  /** Rows of a batch that were not read before: a reader that retries may read some twice. */
  fresh(record: ReadBackRecord): ReadBackRecord["messages"] {
    if (!record.authoritative) return record.messages;
    const read = this.#read(record);
    const rows = record.messages.filter(([offset]) => offset >= read.next);
    const last = rows.at(-1);
    if (last !== undefined) read.next = last[0] + 1;
    return rows;
  }

  addDone(record: ReadBackDoneRecord): void {
    if (!record.authoritative) return;
    const read = this.#read(record);
    read.from = record.from;
    read.to = record.to;
    read.error = record.error;
  }

  isComplete(queueNumber: number): boolean {
    const read = this.#reads.get(queueNumber);
    return read?.to !== undefined && read.error === undefined && read.next >= read.to;
  }

  /** Queues whose beginning is gone (expired files or a truncated log). */
  startsLate(): number {
    return [...this.#reads.values()].filter((read) => (read.from ?? 0) > 0).length;
  }

  get queues(): number {
    return this.#reads.size;
  }

  #read(record: ReadBackRecord | ReadBackDoneRecord): QueueRead {
    const number = this.#table.queueNumber(record.group, record.topic, record.queue);
    let read = this.#reads.get(number);
    if (read === undefined) {
      read = { next: 0, from: undefined, to: undefined, error: undefined };
      this.#reads.set(number, read);
    }
    return read;
  }
}
