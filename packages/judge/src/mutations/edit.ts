import type { ConsumeRecord, SendRecord } from "../history/operations.ts";
import type { StoredRecord } from "../history/record.ts";
import type { HeaderRecord } from "../history/run-records.ts";

/** How a history is changed on purpose: records in, records out, with a right end record around them. */
export type Change = (records: readonly StoredRecord[]) => StoredRecord[];

type Of<T extends StoredRecord["type"]> = Extract<StoredRecord, { type: T }>;

function isOf<T extends StoredRecord["type"]>(record: StoredRecord, type: T): record is Of<T> {
  return record.type === type;
}

/** The end counts what is there; a change that is about the end comes after this. */
export function counted(records: readonly StoredRecord[]): StoredRecord[] {
  const others = records.filter(({ type }) => type !== "end");
  return records.map((record) => (record.type === "end" ? { ...record, records: others.length } : record));
}

export function edit<T extends StoredRecord["type"]>(
  type: T,
  change: (record: Of<T>, index: number) => StoredRecord | readonly StoredRecord[],
): Change {
  return (records) => {
    let index = 0;
    return counted(
      records.flatMap((record) => {
        if (!isOf(record, type)) return [record];
        const changed = change(record, index);
        index += 1;
        return Array.isArray(changed) ? changed : [changed];
      }),
    );
  };
}

export function drop<T extends StoredRecord["type"]>(
  type: T,
  which: (record: Of<T>, index: number) => boolean = () => true,
): Change {
  return edit(type, (record, index) => (which(record, index) ? [] : [record]));
}

export function chain(...changes: readonly Change[]): Change {
  return (records) => changes.reduce<StoredRecord[]>((changed, change) => change(changed), [...records]);
}

export const header = (change: (record: HeaderRecord) => HeaderRecord): Change => edit("header", change);

/** Puts records before the first one of a type. */
export function insert(before: StoredRecord["type"], ...more: readonly StoredRecord[]): Change {
  return (records) => {
    const at = records.findIndex(({ type }) => type === before);
    return counted([...records.slice(0, at), ...more, ...records.slice(at)]);
  };
}

/** Puts a record where a run would have written what it knew at a moment. */
export function insertAt(at: number, ...more: readonly StoredRecord[]): Change {
  return (records) => {
    const next = records.findIndex((record) => record.type === "send" && record.done > at);
    return counted(next < 0 ? [...records] : [...records.slice(0, next), ...more, ...records.slice(next)]);
  };
}

type Failing = {
  readonly from: number;
  readonly to: number;
  readonly group: string;
  readonly share?: number;
  /** In every second piece of this length only. */
  readonly pieces?: number;
};

/** Sends of a time fail, every one or a share of them: nothing of them is stored or delivered any more. */
export function failSends({ from, to, group, share = 1, pieces }: Failing): Change {
  return (records) => {
    const gone = new Set<number>();
    for (const record of records) {
      if (record.type !== "send" || record.group !== group || record.sent < from || record.sent >= to)
        continue;
      if (pieces !== undefined && Math.floor((record.sent - from) / pieces) % 2 === 1) continue;
      if ((record.sequence * 7919) % 100 < share * 100) gone.add(record.sequence);
    }
    return chain(
      edit("send", (record) => (gone.has(record.sequence) ? refused(record) : record)),
      forget((sequence) => gone.has(sequence)),
    )(records);
  };
}

function refused({ offset: _, ...record }: SendRecord): SendRecord {
  return {
    ...record,
    outcome: "failed",
    error: "connect ECONNREFUSED",
    done: Math.max(record.sent, Math.min(record.done, record.sent + 800)),
  };
}

/** Pulls of a time fail; what they brought comes with the first one after it. */
export function failPulls({ from, to, group }: Failing): Change {
  return (records) => {
    const late = new Map<number, ConsumeRecord["messages"]>();
    return edit("consume", (record) => {
      if (record.group !== group) return record;
      if (record.sent >= from && record.sent < to) {
        late.set(record.queue, [...(late.get(record.queue) ?? []), ...record.messages]);
        return { ...record, outcome: "failed", error: "connect ECONNREFUSED", messages: [] };
      }
      const more = record.sent >= to ? (late.get(record.queue) ?? []) : [];
      if (record.sent >= to) late.delete(record.queue);
      return more.length === 0 ? record : { ...record, messages: [...more, ...record.messages] };
    })(records);
  };
}

/** Takes messages out of every replica and every delivery, and closes the offsets behind them, answers included. */
export function forget(which: (sequence: number) => boolean): Change {
  return (records) => {
    const places = new Map<number, number>();
    const moved = new Map<string, number>();
    for (const record of records) {
      if (record.type !== "read-back" || !record.authoritative) continue;
      const queue = `${record.group} ${record.queue}`;
      for (const [, sequence] of record.messages) {
        if (which(sequence)) continue;
        const next = moved.get(queue) ?? 0;
        places.set(sequence, next);
        moved.set(queue, next + 1);
      }
    }
    const place = (offset: number, sequence: number) => places.get(sequence) ?? offset;
    return chain(
      edit("send", (record) =>
        record.offset === undefined ? record : { ...record, offset: place(record.offset, record.sequence) },
      ),
      edit("consume", (record) => ({
        ...record,
        messages: record.messages
          .filter(([, sequence]) => !which(sequence))
          .map(([offset, sequence]): [number, number] => [place(offset, sequence), sequence]),
      })),
      edit("read-back", (record) => ({
        ...record,
        messages: record.messages
          .filter(([, sequence]) => !which(sequence))
          .map(([offset, sequence, crc]): [number, number, number] => [
            place(offset, sequence),
            sequence,
            crc,
          ]),
      })),
      edit("read-back-done", (record) => ({
        ...record,
        to: moved.get(`${record.group} ${record.queue}`) ?? 0,
      })),
    )(records);
  };
}

/** Rows of the replicas that are meant; offsets stay as they are. */
export function rows(
  which: (record: Of<"read-back">) => boolean,
  change: (rows: Of<"read-back">["messages"]) => Of<"read-back">["messages"],
): Change {
  return edit("read-back", (record) =>
    which(record) ? { ...record, messages: change(record.messages) } : record,
  );
}

/** The end record, whatever it counts. */
export const end =
  (change: (record: Of<"end">) => StoredRecord): Change =>
  (records) =>
    records.map((record) => (isOf(record, "end") ? change(record) : record));
