import { bodyCrcFor } from "../history/body-crc.ts";
import type { SendRecord } from "../history/operations.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import { type Change, chain, drop, edit, forget, rows } from "./edit.ts";
import { s } from "./mutation.ts";

export function withoutOffset({ offset: _, ...record }: SendRecord): SendRecord {
  return record;
}

/** The client's own count is that of the records again. */
export const recount: Change = (records) => {
  const sent = records.filter(({ type }) => type === "send").length;
  return edit("sending-stopped", (record) => ({ ...record, sent }))(records);
};

export function duplicate(sequence: number): Change {
  return (records) => {
    const place = new Map<string, number>();
    for (const record of records) {
      if (record.type === "read-back" && record.messages.some(([, one]) => one === sequence))
        place.set(`${record.group} ${record.queue}`, Math.max(...record.messages.map(([offset]) => offset)));
    }
    return chain(
      edit("read-back", (record) => {
        const last = place.get(`${record.group} ${record.queue}`);
        const row = record.messages.find(([, one]) => one === sequence);
        return last === undefined || row === undefined
          ? record
          : { ...record, messages: [...record.messages, [last + 1, sequence, row[2]]] };
      }),
      edit("read-back-done", (record) =>
        place.has(`${record.group} ${record.queue}`) ? { ...record, to: record.to + 1 } : record,
      ),
    )(records);
  };
}

/** Two messages far apart change places on every replica, and the broker answered so. */
export function swapped(group: string): Change {
  return (records) => {
    const found = records.find(
      (record) =>
        record.type === "read-back" && record.group === group && record.queue === 0 && record.authoritative,
    );
    if (found?.type !== "read-back") return [...records];
    const a = found.messages[10];
    const b = found.messages[40];
    if (a === undefined || b === undefined) return [...records];
    const swap = (sequence: number) => (sequence === a[1] ? b[1] : sequence === b[1] ? a[1] : sequence);
    return chain(
      rows(
        (record) => record.group === group && record.queue === 0,
        (messages) =>
          messages.map(([offset, sequence, crc]) => [
            offset,
            swap(sequence),
            sequence === a[1] ? b[2] : sequence === b[1] ? a[2] : crc,
          ]),
      ),
      edit("send", (record) => {
        if (record.sequence === a[1]) return { ...record, offset: b[0] };
        return record.sequence === b[1] ? { ...record, offset: a[0] } : record;
      }),
    )(records);
  };
}

export function skipDeliveries(run: SampleRun): Change {
  const group = run.groups[0];
  return edit("consume", (record) =>
    record.group === group && record.sent >= run.baseline + 2 * s && record.sent < run.baseline + 3 * s
      ? { ...record, messages: [] }
      : record,
  );
}

/** Nothing is scheduled in a time; the messages after it keep dense numbers. */
export function pauseLoad(run: SampleRun, from: number, to: number): Change {
  const gone = new Set(
    run.records.flatMap((record) =>
      record.type === "send" && record.scheduled >= from && record.scheduled < to ? [record.sequence] : [],
    ),
  );
  return chain(
    drop("send", ({ sequence }) => gone.has(sequence)),
    forget((one) => gone.has(one)),
    renumber,
  );
}

export const renumber: Change = (records) => {
  // Numbers of a dense sequence again, and the bodies that follow from them.
  const sequences = records
    .flatMap((record) => (record.type === "send" ? [record.sequence] : []))
    .sort((a, b) => a - b);
  const numbers = new Map(sequences.map((sequence, index) => [sequence, index]));
  const of = (sequence: number) => numbers.get(sequence) ?? sequence;
  const [head] = records;
  const bodies = bodyCrcFor(head?.type === "header" ? head.workload.messageBytes : 0);
  return chain(
    edit("send", (record) => ({ ...record, sequence: of(record.sequence) })),
    edit("consume", (record) => ({
      ...record,
      messages: record.messages.map(([offset, one]): [number, number] => [offset, of(one)]),
    })),
    edit("read-back", (record) => ({
      ...record,
      messages: record.messages.map(([offset, one, crc]): [number, number, number] => [
        offset,
        of(one),
        numbers.has(one) ? bodies.of(of(one)) : crc,
      ]),
    })),
  )(records);
};
