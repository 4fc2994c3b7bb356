import type { SampleRun } from "../synthetic/runs.ts";
import { duplicate, skipDeliveries, swapped, withoutOffset } from "./changes.ts";
import { chain, edit, rows } from "./edit.ts";
import { fail, type Mutation, numberAt, someOf } from "./mutation.ts";

/** What is done to messages: stored, delivered, answered. */
export function ofMessages(run: SampleRun): Mutation[] {
  const at = (share: number) => numberAt(run, share);
  const some = someOf(run);
  const highest = Math.max(...run.records.map((record) => (record.type === "send" ? record.sequence : 0)));
  const main: (record: { readonly authoritative: boolean }) => boolean = ({ authoritative }) => authoritative;
  const lost = (count: number): Mutation["figure"] => ({
    of: (result) => result.accounting.lost.count,
    is: count,
  });
  const dropRows = (which: (sequence: number) => boolean, from = main) =>
    rows(from, (messages) => messages.filter(([, sequence]) => !which(sequence)));
  const first = run.groups[0] ?? "";
  const stored = new Set(
    run.records.flatMap((record) =>
      record.type === "read-back" && record.authoritative
        ? record.messages.map(([, sequence]) => sequence)
        : [],
    ),
  );
  const inQueue = run.records.flatMap((record) =>
    record.type === "read-back" && record.group === first && record.queue === 1 && record.authoritative
      ? record.messages.map(([, sequence]) => sequence)
      : [],
  );
  const ends = { first: inQueue[0], last: inQueue.at(-1) };
  return [
    fail(
      "lost",
      "three messages are in no replica's queue",
      dropRows(
        (one) => some.has(one),
        () => true,
      ),
      lost(3),
    ),
    fail(
      "lost",
      "three messages are missing where clients read",
      dropRows((one) => some.has(one)),
      lost(3),
    ),
    fail(
      "lost",
      "a queue's files are gone: it begins where it ends",
      chain(
        edit("read-back", (record) => (record.group === first && record.queue === 0 ? [] : [record])),
        edit("read-back-done", (record) =>
          record.group === first && record.queue === 0 ? { ...record, from: record.to } : record,
        ),
      ),
    ),
    fail(
      "lost",
      "the first message of a queue is missing",
      dropRows(
        (one) => one === ends.first,
        () => true,
      ),
      lost(1),
    ),
    fail(
      "lost",
      "the last message of a queue is missing",
      chain(
        dropRows(
          (one) => one === ends.last,
          () => true,
        ),
        edit("read-back-done", (record) =>
          record.group === first && record.queue === 1 ? { ...record, to: record.to - 1 } : record,
        ),
      ),
      lost(1),
    ),
    fail(
      "unexpected",
      "a message that was never sent",
      rows(main, (messages) =>
        messages.map(([offset, sequence, crc]) => [
          offset,
          sequence === at(0.5) ? highest + 50 : sequence,
          crc,
        ]),
      ),
      { of: (result) => result.accounting.unexpected.count, is: 1 },
    ),
    fail(
      "unexpected",
      "a message of another run",
      rows(main, (messages) =>
        messages.map(([offset, sequence, crc]) => [offset, sequence === at(0.5) ? -1 : sequence, crc]),
      ),
    ),
    fail(
      "unexpected",
      "a message with a huge number",
      rows(main, (messages) =>
        messages.map(([offset, sequence, crc]) => [offset, sequence === at(0.5) ? 2 ** 30 : sequence, crc]),
      ),
    ),
    fail(
      "unexpected",
      "a consumer gets what was never sent",
      edit("consume", (record, index) =>
        index === 20 ? { ...record, messages: [...record.messages, [9999, -1]] } : record,
      ),
    ),
    fail(
      "failed-but-arrived",
      "a message that was refused is there",
      edit("send", (record) =>
        record.sequence === at(0.6)
          ? { ...record, outcome: "failed", error: "busy", done: record.sent }
          : record,
      ),
      { of: (result) => result.accounting.failedButArrived.count, is: 1 },
    ),
    fail(
      "wrong-body",
      "every body is the same",
      rows(
        () => true,
        (messages) => messages.map(([offset, sequence]) => [offset, sequence, 4711]),
      ),
      { of: (result) => result.accounting.wrongBody?.count, is: stored.size },
    ),
    fail(
      "wrong-body",
      "one body is another one's",
      rows(
        () => true,
        (messages) =>
          messages
            .map(([offset, sequence, crc]) =>
              [offset, sequence, sequence === at(0.4) ? crc ^ 1 : crc].map((value) => value >>> 0),
            )
            .map(([offset = 0, sequence = 0, crc = 0]) => [offset, sequence, crc]),
      ),
      { of: (result) => result.accounting.wrongBody?.count, is: 1 },
    ),
    fail(
      "misplaced",
      "a broker answered another offset",
      edit("send", (record) =>
        record.sequence === at(0.5) && record.offset !== undefined
          ? { ...record, offset: record.offset + 3 }
          : record,
      ),
      { of: (result) => result.accounting.misplaced?.count, is: 1 },
    ),
    fail(
      "misplaced",
      "a message was sent to another queue than it lies in",
      edit("send", (record) =>
        record.sequence === at(0.5) ? { ...withoutOffset(record), queue: (record.queue + 1) % 4 } : record,
      ),
    ),
    fail("stored-twice", "a broker stored a message twice", duplicate(at(0.5)), {
      of: (result) => result.accounting.storedTwice?.count,
      is: 1,
    }),
    fail("reordered", "two messages stand in the wrong order", swapped(first)),
    fail(
      "undelivered",
      "a consumer never gets three messages",
      edit("consume", (record) => ({
        ...record,
        messages: record.messages.filter(([, sequence]) => !some.has(sequence)),
      })),
      { of: (result) => result.accounting.undelivered, is: 3 },
    ),
    fail("undelivered", "a consumer skips a second of messages", skipDeliveries(run)),
  ];
}
