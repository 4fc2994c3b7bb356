import type { ReadBackDoneRecord, ReadBackRecord } from "../history/read-back-records.ts";

export interface ReplicaDifference {
  readonly group: string;
  readonly topic: string;
  readonly queue: number;
  readonly node: string;
  /** The replica that clients read, with which the node was compared. */
  readonly reference: string;
  readonly kind: "offsets" | "contents" | "unreadable";
  readonly detail: string;
}

export interface ReplicaFindings {
  /** Pairs of queue copies that were to be compared. */
  readonly compared: number;
  /** Of them, those that are not the same. */
  readonly different: number;
  /** Of them, those that could not be compared. */
  readonly unread: number;
  readonly telling: readonly ReplicaDifference[];
}

const blockSize = 256;
const telling = 20;
const mostKept = 1000;

/** Digest of one queue on one replica, block by block, so that a difference can be located. */
interface Copy {
  readonly group: string;
  readonly topic: string;
  readonly queue: number;
  readonly node: string;
  authoritative: boolean;
  readonly blocks: Map<number, number>;
  next: number;
  done: { from: number; to: number; error: string | undefined } | undefined;
}

/** Compares every replica's queues with the authoritative replica's: same offsets, same messages, same bodies. */
export class ReplicaChecker {
  readonly #queues = new Map<string, Copy[]>();

  addRows(record: ReadBackRecord): void {
    const copy = this.#copy(record);
    for (const [offset, sequence, crc] of record.messages) {
      if (offset < copy.next) continue;
      copy.next = offset + 1;
      const block = Math.floor(offset / blockSize);
      copy.blocks.set(block, mix(mix(mix(copy.blocks.get(block) ?? 2166136261, offset), sequence), crc));
    }
  }

  addDone(record: ReadBackDoneRecord): void {
    this.#copy(record).done = { from: record.from, to: record.to, error: record.error };
  }

  finish(): ReplicaFindings {
    const differences: ReplicaDifference[] = [];
    let compared = 0;
    let different = 0;
    let unread = 0;
    for (const copies of this.#queues.values()) {
      const reference = copies.find((copy) => copy.authoritative);
      if (reference === undefined) continue;
      for (const copy of copies) {
        if (copy === reference) continue;
        compared += 1;
        const difference = compare(reference, copy);
        if (difference === undefined) continue;
        if (difference.kind === "unreadable") unread += 1;
        else different += 1;
        if (differences.length < mostKept) differences.push(difference);
      }
    }
    // A difference that was seen is one, whatever else could not be read.
    const rank = (one: ReplicaDifference) => (one.kind === "unreadable" ? 1 : 0);
    return {
      compared,
      different,
      unread,
      telling: differences.sort((a, b) => rank(a) - rank(b)).slice(0, telling),
    };
  }

  #copy(record: ReadBackRecord | ReadBackDoneRecord): Copy {
    const id = `${record.group}\u0000${record.topic}\u0000${record.queue}`;
    let copies = this.#queues.get(id);
    if (copies === undefined) {
      copies = [];
      this.#queues.set(id, copies);
    }
    let copy = copies.find(({ node }) => node === record.node);
    if (copy === undefined) {
      const { group, topic, queue, node, authoritative } = record;
      copy = { group, topic, queue, node, authoritative, blocks: new Map(), next: 0, done: undefined };
      copies.push(copy);
    }
    if (record.authoritative) copy.authoritative = true;
    return copy;
  }
}

function compare(reference: Copy, copy: Copy): ReplicaDifference | undefined {
  const base = {
    group: copy.group,
    topic: copy.topic,
    queue: copy.queue,
    node: copy.node,
    reference: reference.node,
  };
  for (const side of [reference, copy]) {
    const problem = side.done === undefined ? "was not read to its end" : side.done.error;
    if (problem !== undefined) return { ...base, kind: "unreadable", detail: `${side.node}: ${problem}` };
  }
  const a = reference.done;
  const b = copy.done;
  if (a === undefined || b === undefined) return undefined;
  if (a.from !== b.from || a.to !== b.to) {
    const detail = `${reference.node} has offsets ${a.from} to ${a.to}, ${copy.node} has ${b.from} to ${b.to}`;
    return { ...base, kind: "offsets", detail };
  }
  const blocks = [...new Set([...reference.blocks.keys(), ...copy.blocks.keys()])].sort((x, y) => x - y);
  const first = blocks.find((block) => reference.blocks.get(block) !== copy.blocks.get(block));
  if (first === undefined) return undefined;
  const detail = `first difference at offsets ${first * blockSize} to ${(first + 1) * blockSize - 1}`;
  return { ...base, kind: "contents", detail };
}

/** FNV-1a over the bytes of a number's low 32 bits and what is above them. */
function mix(hash: number, value: number): number {
  let mixed = hash;
  let low = value >>> 0;
  for (let byte = 0; byte < 4; byte += 1) {
    mixed = Math.imul(mixed ^ (low & 255), 16777619);
    low >>>= 8;
  }
  return Math.imul(mixed ^ (Math.floor(value / 4294967296) & 0xffff), 16777619) >>> 0;
}
