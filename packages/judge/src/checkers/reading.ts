import type { ReadBackDoneRecord, ReadBackRecord } from "../history/read-back-records.ts";
import type { HeaderRecord } from "../history/run-records.ts";

type Rows = ReadBackRecord["messages"];

/** One queue of one replica, as far as it was read. */
interface Copy {
  readonly name: string;
  rows: number;
  next: number;
  /** The batch that was read last: a reader that tries again may read it again. */
  last: Rows;
  done: ReadBackDoneRecord | undefined;
}

/**
 * Was every copy of a queue read once, in the order of its offsets and without a hole? Brokers number the messages of a queue without gaps, and
 * nothing is sent any more: a second reading that brings something else shows that one of the two is not true.
 */
export class ReadingChecker {
  readonly #copies = new Map<string, Copy>();
  readonly #problems = new Set<string>();

  addRows(record: ReadBackRecord): void {
    const copy = this.#copy(record);
    if (copy.done !== undefined) this.#tell(`${copy.name} was read on behind its end`);
    for (const row of record.messages) {
      if (row[0] >= copy.next) {
        copy.rows += 1;
        copy.next = row[0] + 1;
      } else if (!copy.last.some((one) => one[0] === row[0] && one[1] === row[1] && one[2] === row[2]))
        this.#tell(`${copy.name} was read twice, and not the same`);
    }
    copy.last = record.messages;
  }

  addDone(record: ReadBackDoneRecord): void {
    const copy = this.#copy(record);
    if (copy.done !== undefined) this.#tell(`${copy.name} was read to its end twice`);
    copy.done = record;
    if (record.error !== undefined) return;
    const hole = record.to - record.from - copy.rows;
    if (hole > 0)
      this.#tell(`${copy.name} has offsets ${record.from} to ${record.to} and ${copy.rows} messages`);
    if (copy.next > record.to) this.#tell(`${copy.name} has messages behind the end that was told of it`);
  }

  /** Replicas and queues that the header does not name would be compared with nothing. */
  finish({ cluster, workload }: HeaderRecord): string[] {
    const members = new Map(cluster.groups.map(({ name, brokers }) => [name, brokers]));
    for (const { done, name } of this.#copies.values()) {
      if (done === undefined) continue;
      if (members.get(done.group)?.includes(done.node) === false)
        this.#tell(`${name} was read, and the header knows no such broker`);
      if (workload.queuesPerGroup !== undefined && done.queue >= workload.queuesPerGroup)
        this.#tell(`${name} was read, and the header knows no such queue`);
    }
    return [...this.#problems];
  }

  #copy({ group, node, topic, queue }: ReadBackRecord | ReadBackDoneRecord): Copy {
    const id = `${group}\u0000${node}\u0000${topic}\u0000${queue}`;
    let copy = this.#copies.get(id);
    if (copy === undefined) {
      copy = { name: `queue ${queue} of ${node}`, rows: 0, next: 0, last: [], done: undefined };
      this.#copies.set(id, copy);
    }
    return copy;
  }

  #tell(problem: string): void {
    if (this.#problems.size < 20) this.#problems.add(problem);
  }
}
