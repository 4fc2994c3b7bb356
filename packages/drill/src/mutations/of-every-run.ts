import type { StoredRecord } from "../history/record.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import { duplicate, pauseLoad, recount, skipDeliveries, swapped, withoutOffset } from "./changes.ts";
import { type Change, chain, counted, drop, edit, failSends, forget, header, insert, rows } from "./edit.ts";
import { type Mutation, s, sendsOf } from "./mutation.ts";

export function everyRun(run: SampleRun): Mutation[] {
  const sends = sendsOf(run);
  const at = (share: number) => sends[Math.floor(sends.length * share)]?.sequence ?? 0;
  const some = new Set([at(0.3), at(0.5), at(0.7)]);
  const highest = Math.max(...run.records.map((record) => (record.type === "send" ? record.sequence : 0)));
  const main: (record: { readonly authoritative: boolean }) => boolean = ({ authoritative }) => authoritative;
  const fail = (check: string, name: string, change: Change, figure?: Mutation["figure"]): Mutation => ({
    name,
    change,
    verdict: "fail",
    check,
    ...(figure === undefined ? {} : { figure }),
  });
  const unknown = (check: string, name: string, change: Change): Mutation => ({
    name,
    change,
    verdict: "unknown",
    check,
  });
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
  const isOurs = run.records.every((record) => record.type !== "consume" || record.client === "hotfire");
  const end =
    (change: (record: Extract<StoredRecord, { type: "end" }>) => StoredRecord): Change =>
    (records) =>
      records.map((record) => (record.type === "end" ? change(record) : record));
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
      "a message that nobody sent",
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
      "a consumer gets what nobody sent",
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
    fail(
      "outside-faults",
      "sends fail before the fault",
      failSends({ from: run.baseline + 2 * s, to: run.baseline + 2.2 * s, group: first }),
    ),
    // What a history does not show.
    unknown("history-whole", "records are missing", (records) =>
      records.filter((_, index) => index % 50 !== 49 || index < 10),
    ),
    unknown("history-whole", "the end is missing", (records) => records.filter(({ type }) => type !== "end")),
    unknown(
      "history-whole",
      "the run was aborted",
      end((record) => ({ ...record, reason: "aborted", message: "by hand" })),
    ),
    unknown("history-whole", "records stand behind the end", (records) => [
      ...records,
      { type: "note", at: run.until + 5 * s, level: "info", message: "late" },
    ]),
    unknown("history-whole", "there are two headers", (records) => {
      const [one] = records;
      return counted(one === undefined ? [] : [one, ...records]);
    }),
    {
      ...unknown(
        "history-unchanged",
        "it was changed after it was written",
        end((record) => ({ ...record, sha256: "0".repeat(64) })),
      ),
      digest: "1".repeat(64),
    },
    {
      ...unknown("history-unchanged", "it has no checksum", (records) => [...records]),
      digest: "1".repeat(64),
    },
    unknown(
      "claimed",
      "nothing was claimed",
      header(({ expectation: _, ...record }) => record),
    ),
    unknown(
      "history-format",
      "it is of an older format",
      header((record) => ({ ...record, version: 1 })),
    ),
    unknown(
      "one-clock",
      "an answer came before its send",
      edit("send", (record) =>
        record.sequence === at(0.5) ? { ...record, sent: record.done + 1000 } : record,
      ),
    ),
    unknown(
      "one-clock",
      "a send was early",
      edit("send", (record) =>
        record.sequence === at(0.5) ? { ...record, scheduled: record.sent + 1 } : record,
      ),
    ),
    unknown(
      "one-clock",
      "something happened after the end",
      end((record) => ({ ...record, at: 3 * s })),
    ),
    unknown(
      "one-clock",
      "a role was seen days later",
      insert("phase", {
        type: "role",
        at: 20 * 24 * 3600 * s,
        group: first,
        node: "x",
        role: "starting",
        source: "broker",
      }),
    ),
    unknown(
      "numbered",
      "messages are lost with the records of their sending",
      chain(
        drop("send", ({ sequence }) => some.has(sequence)),
        forget((one) => some.has(one)),
        recount,
      ),
    ),
    unknown(
      "numbered",
      "a send is told twice",
      chain(
        edit("send", (record) => (record.sequence === at(0.5) ? [record, record] : [record])),
        recount,
      ),
    ),
    unknown(
      "numbered",
      "a client counted more sends than it told",
      edit("sending-stopped", (record) => ({ ...record, sent: record.sent + 7 })),
    ),
    unknown("numbered", "no client counted", drop("sending-stopped")),
    unknown(
      "scheduled",
      "the load stops for a second",
      chain(pauseLoad(run, run.baseline + 2.5 * s, run.baseline + 3.5 * s), recount),
    ),
    unknown(
      "scheduled",
      "a twentieth of the load is missing",
      header((record) => ({
        ...record,
        workload: { ...record.workload, rate: record.workload.rate * 1.06 },
      })),
    ),
    unknown(
      "scheduled",
      "more was sent than scheduled",
      header((record) => ({ ...record, workload: { ...record.workload, rate: record.workload.rate * 0.9 } })),
    ),
    unknown(
      "scheduled",
      "the load stops two seconds before its end",
      chain(pauseLoad(run, run.until - 2 * s, run.until), recount),
    ),
    unknown(
      "everywhere",
      "nothing is read",
      chain(
        drop("consume"),
        edit("drained", (record) => ({ ...record, complete: false })),
      ),
    ),
    unknown(
      "everywhere",
      "a group of the cluster has no load",
      header((record) => ({
        ...record,
        cluster: {
          ...record.cluster,
          groups: [...record.cluster.groups, { name: "broker-z", brokers: ["broker-z-0"] }],
        },
      })),
    ),
    unknown(
      "tester-steady",
      "the tester stood still for six seconds",
      insert("sending-stopped", { type: "tester-stall", begin: run.until - 7 * s, end: run.until - s }),
    ),
    // An official client that is late may have been held up by the cluster.
    ...(isOurs
      ? [
          unknown(
            "tester-steady",
            "the tester stood still for a third of each second",
            insert(
              "sending-stopped",
              ...Array.from(
                { length: Math.floor(run.until / s) },
                (_, second): StoredRecord => ({
                  type: "tester-stall",
                  begin: second * s,
                  end: second * s + 333_333,
                }),
              ),
            ),
          ),
        ]
      : []),
    unknown(
      "tester-steady",
      "a send was six seconds late",
      edit("send", (record) =>
        record.sequence === at(0.6) ? { ...record, scheduled: Math.max(0, record.sent - 3 * s) } : record,
      ),
    ),
    unknown(
      "read-back",
      "a copy of a queue was not read",
      drop(
        "read-back-done",
        (record) => record.group === first && record.queue === 2 && record.authoritative,
      ),
    ),
    unknown(
      "read-back",
      "a queue could not be read",
      edit("read-back-done", (record) =>
        record.group === first && record.queue === 2 && record.authoritative
          ? { ...record, error: "timeout" }
          : record,
      ),
    ),
    unknown(
      "read-back",
      "no replica counts as what clients read",
      edit("read-back-done", (record) => ({ ...record, authoritative: false })),
    ),
    unknown(
      "read-back",
      "it was read back before the load ended",
      edit("read-back-done", (record) => ({ ...record, at: 2 * s })),
    ),
    unknown(
      "routed",
      "clients are routed to another broker",
      edit("route", (record) => ({ ...record, master: "broker-x" })),
    ),
    unknown("routed", "no name server told of a route", drop("route")),
    unknown("routed", "nobody told how the replica was chosen", drop("authority")),
    unknown(
      "routed",
      "the replica was chosen by what it holds",
      edit("authority", (record) => ({ ...record, by: "most-held", routed: {}, masters: [] })),
    ),
    unknown(
      "routed",
      "two brokers called themselves master",
      edit("authority", (record) => ({ ...record, masters: [...record.masters, "broker-x"] })),
    ),
    unknown(
      "routed",
      "the name servers did not agree",
      edit("authority", (record) => ({ ...record, routed: { ...record.routed, "namesrv-9": "broker-x" } })),
    ),
    unknown(
      "drained",
      "the consumers were not waited for",
      edit("drained", (record) => ({ ...record, complete: false })),
    ),
    unknown("drained", "nobody saw whether the consumers had everything", drop("drained")),
    unknown(
      "whole-again",
      "the cluster was never whole again",
      edit("whole", (record) => ({ ...record, missing: ["broker-a-0 is not registered"] })),
    ),
    unknown("whole-again", "nobody looked whether the cluster was whole", drop("whole")),
  ];
}
