import type { ReadBackDoneRecord, ReadBackRecord } from "../history/read-back-records.ts";
import type { HeaderRecord } from "../history/run-records.ts";
import type { MessageTable } from "./message-table.ts";

/** One queue of one replica as it was read back. */
interface QueueRead {
  next: number;
  from: number | undefined;
  to: number | undefined;
  error: string | undefined;
}

/** What of the reading back is missing or contradicts itself, in words. */
export interface ReadBackFindings {
  readonly problems: readonly string[];
  /** Group -> the replica that counts as what clients read; absent without one, or with two. */
  readonly authorities: ReadonlyMap<string, string>;
}

/**
 * Which queues were read back to their end. Only there is the absence of a message a fact; elsewhere it is unknown.
 */
export class Coverage {
  readonly #table: MessageTable;
  readonly #reads = new Map<number, QueueRead>();
  /** Every copy that was read to its end: `node queue` of the topic, by group. */
  readonly #copies = new Map<string, Map<string, Map<number, string | undefined>>>();
  readonly #authorities = new Map<string, Set<string>>();
  /** Replicas with queues that do not count as what clients read, as `group node`. */
  readonly #others = new Set<string>();
  readonly #topics = new Set<string>();

  constructor(table: MessageTable) {
    this.#table = table;
  }

  /** Rows of a batch that were not read before: a reader that retries may read some twice. */
  fresh(record: ReadBackRecord): ReadBackRecord["messages"] {
    this.#see(record);
    if (!record.authoritative) return record.messages;
    const read = this.#read(record);
    const rows = record.messages.filter(([offset]) => offset >= read.next);
    const last = rows.at(-1);
    if (last !== undefined) read.next = last[0] + 1;
    return rows;
  }

  addDone(record: ReadBackDoneRecord): void {
    this.#see(record);
    const { group, node, queue, error } = record;
    const nodes = this.#copies.get(group) ?? new Map<string, Map<number, string | undefined>>();
    this.#copies.set(group, nodes);
    const queues = nodes.get(node) ?? new Map<number, string | undefined>();
    nodes.set(node, queues);
    queues.set(queue, error);
    if (!record.authoritative) {
      this.#others.add(`${group} ${node}`);
      return;
    }
    const read = this.#read(record);
    read.from = record.from;
    read.to = record.to;
    read.error = record.error;
    // What lies before its first offset is gone, and its absence a fact.
    read.next = Math.max(read.next, record.from);
  }

  isComplete(queueNumber: number): boolean {
    const read = this.#reads.get(queueNumber);
    return read?.to !== undefined && read.error === undefined && read.next >= read.to;
  }

  get queues(): number {
    return this.#reads.size;
  }

  /** Holds the reading against the header: every broker of it, every queue. When it was read the order of records tells. */
  finish({ cluster, workload }: HeaderRecord): ReadBackFindings {
    const problems: string[] = [];
    const authorities = new Map<string, string>();
    const queueIds =
      workload.queuesPerGroup === undefined
        ? [
            ...new Set(
              [...this.#copies.values()].flatMap((nodes) =>
                [...nodes.values()].flatMap((q) => [...q.keys()]),
              ),
            ),
          ]
        : Array.from({ length: workload.queuesPerGroup }, (_, id) => id);
    for (const { name, brokers } of cluster.groups) {
      const nodes = this.#copies.get(name);
      const missing = brokers.flatMap((broker) => {
        const queues = nodes?.get(broker);
        return queueIds.filter((id) => queues?.has(id) !== true || queues.get(id) !== undefined).length > 0 ||
          queues === undefined
          ? [broker]
          : [];
      });
      if (missing.length > 0) problems.push(`${missing.join(", ")} of ${name} was not read back whole`);
      const [authority, second] = [...(this.#authorities.get(name) ?? [])];
      if (authority === undefined) problems.push(`no replica of ${name} counts as what clients read`);
      else if (second !== undefined)
        problems.push(`two replicas of ${name} count as what clients read: ${authority} and ${second}`);
      else if (!brokers.includes(authority)) problems.push(`${authority} is no broker of ${name}`);
      else if (this.#others.has(`${name} ${authority}`))
        problems.push(`${authority} of ${name} counts as what clients read in some of its queues only`);
      else authorities.set(name, authority);
    }
    const known = new Set(cluster.groups.map(({ name }) => name));
    for (const group of this.#copies.keys())
      if (!known.has(group)) problems.push(`${group} is no group of the cluster`);
    if (workload.topic !== undefined && [...this.#topics].some((topic) => topic !== workload.topic))
      problems.push("another topic than the run's was read back");
    return { problems, authorities };
  }

  #see({ group, node, authoritative, topic }: ReadBackRecord | ReadBackDoneRecord): void {
    this.#topics.add(topic);
    if (!authoritative) return;
    const nodes = this.#authorities.get(group) ?? new Set();
    this.#authorities.set(group, nodes.add(node));
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
