import type { SendRecord } from "../history/operations.ts";
import type { StoredRecord } from "../history/record.ts";
import type { DrillResult } from "../result/result-schema.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import {
  type Change,
  chain,
  counted,
  drop,
  edit,
  failPulls,
  failSends,
  forget,
  header,
  insert,
  rows,
} from "./edit.ts";

/** A history that was changed on purpose, and what the judge must say of it. */
export interface Mutation {
  readonly name: string;
  readonly change: Change;
  readonly verdict: DrillResult["verdict"];
  /** The check that sees it. */
  readonly check: string;
  /** A figure that it must bring, as a path into the result, and its value. */
  /** SHA-256 that a reader would have computed, where it matters. */
  readonly digest?: string;
  readonly figure?: { readonly of: (result: DrillResult) => unknown; readonly is: unknown };
}

const s = 1_000_000;

/** Everything that can be done to a run of this kind. */
export function mutationsOf(run: SampleRun): Mutation[] {
  return [...everyRun(run), ...ofReplicas(run), ...ofGroups(run), ...ofFaults(run), ...ofElections(run)];
}

function sendsOf(run: SampleRun, group?: string): SendRecord[] {
  return run.records.filter(
    (record): record is SendRecord =>
      record.type === "send" &&
      record.outcome === "acknowledged" &&
      (group === undefined || record.group === group),
  );
}

function everyRun(run: SampleRun): Mutation[] {
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
      rows(
        (record) => record.group === first && record.queue === 1,
        (messages) => messages.slice(1),
      ),
      lost(1),
    ),
    fail(
      "lost",
      "the last message of a queue is missing",
      chain(
        rows(
          (record) => record.group === first && record.queue === 1,
          (messages) => messages.slice(0, -1),
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
      { of: (result) => result.accounting.wrongBody?.count, is: sends.length },
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
      failSends({ from: 2 * s, to: 2.2 * s, group: first }),
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
    unknown("scheduled", "the load stops for a second", chain(pauseLoad(run, 3 * s, 4 * s), recount)),
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

function withoutOffset({ offset: _, ...record }: SendRecord): SendRecord {
  return record;
}

/** The client's own count is that of the records again. */
const recount: Change = (records) => {
  const sent = records.filter(({ type }) => type === "send").length;
  return edit("sending-stopped", (record) => ({ ...record, sent }))(records);
};

function duplicate(sequence: number): Change {
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
function swapped(group: string): Change {
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

function skipDeliveries(run: SampleRun): Change {
  const group = run.groups[0];
  return edit("consume", (record) =>
    record.group === group && record.sent >= 2 * s && record.sent < 3 * s
      ? { ...record, messages: [] }
      : record,
  );
}

/** Nothing is scheduled in a time; the messages after it keep dense numbers. */
function pauseLoad(run: SampleRun, from: number, to: number): Change {
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

const renumber: Change = (records) => {
  // Numbers of a dense sequence again; bodies follow from numbers, so they are not compared any more.
  const sequences = records
    .flatMap((record) => (record.type === "send" ? [record.sequence] : []))
    .sort((a, b) => a - b);
  const numbers = new Map(sequences.map((sequence, index) => [sequence, index]));
  const of = (sequence: number) => numbers.get(sequence) ?? sequence;
  return chain(
    header((record) => ({ ...record, workload: { ...record.workload, numberedBodies: false } })),
    edit("send", (record) => ({ ...record, sequence: of(record.sequence) })),
    edit("consume", (record) => ({
      ...record,
      messages: record.messages.map(([offset, one]): [number, number] => [offset, of(one)]),
    })),
    edit("read-back", (record) => ({
      ...record,
      messages: record.messages.map(([offset, one, crc]): [number, number, number] => [offset, of(one), crc]),
    })),
  )(records);
};

/** What is done to each group by itself. */
function ofGroups(run: SampleRun): Mutation[] {
  const last = run.faults.at(-1);
  const calm = Math.max(run.until - 4 * s, (last?.healed ?? 0) + 0.5 * s);
  const spared = run.groups.filter(
    (group) => run.faults.length > 0 && run.faults.every((fault) => fault.group !== group),
  );
  const [fault] = run.faults;
  return [
    ...run.groups.flatMap((group): Mutation[] => [
      {
        name: `writes to ${group} die before the end`,
        change: failSends({ from: calm, to: run.until + s, group }),
        verdict: "fail",
        check: "works-at-end",
      },
      {
        name: `nine of ten writes to ${group} fail to the end`,
        change: failSends({ from: calm, to: run.until + s, group, share: 0.9 }),
        verdict: "fail",
        check: "works-at-end",
      },
      {
        name: `reads from ${group} die before the end`,
        change: failPulls({ from: calm, to: run.until + 0.5 * s, group }),
        verdict: "fail",
        check: "works-at-end",
      },
      {
        name: `pulls of ${group} bring nothing while messages wait`,
        change: edit("consume", (record) =>
          record.group === group && record.sent >= 3 * s ? { ...record, code: 19, messages: [] } : record,
        ),
        verdict: "fail",
        check: "undelivered",
      },
    ]),
    ...(fault === undefined
      ? []
      : spared.flatMap((group): Mutation[] => [
          {
            name: `writes to ${group}, which was not hit, stop for 2.5 s`,
            change: failSends({ from: fault.begin + 0.1 * s, to: fault.begin + 2.6 * s, group }),
            verdict: "fail",
            check: "outage",
          },
          {
            name: `reads from ${group}, which was not hit, stop for 2.5 s`,
            change: failPulls({ from: fault.begin + 0.1 * s, to: fault.begin + 2.6 * s, group }),
            verdict: "fail",
            check: "outage",
          },
          {
            name: `nine of ten writes to ${group}, which was not hit, fail in the fault`,
            change: failSends({ from: fault.begin, to: fault.healed, group, share: 0.9 }),
            verdict: "fail",
            check: "outage",
          },
          {
            name: `writes to ${group}, which was not hit, stop for 4.9 s from the healing`,
            change: failSends({ from: fault.healed - 0.3 * s, to: fault.healed + 4.6 * s, group }),
            verdict: "fail",
            check: "outage",
          },
        ])),
  ];
}

/** What is done to each fault's own records. */
function ofFaults(run: SampleRun): Mutation[] {
  return run.faults.flatMap(({ id, begin, healed, group }): Mutation[] => {
    const unknown = (check: string, name: string, change: Change): Mutation => ({
      name: `${id}: ${name}`,
      change,
      verdict: "unknown",
      check,
    });
    const inside = sendsOf(run).find(({ sent, done }) => sent > begin + s && done < healed)?.sequence;
    const proof = (type: "fault-injected" | "fault-healed", seen: string): Change =>
      edit(type, (record) =>
        record.fault === id ? { ...record, proof: { ...record.proof, seen } } : record,
      );
    return [
      unknown("faults-proven", "nothing was seen of it", proof("fault-injected", " ")),
      unknown(
        "faults-proven",
        "a running process is no proof of it",
        proof("fault-injected", "running, pid 1"),
      ),
      unknown("faults-proven", "any text is no proof of it", proof("fault-injected", "it worked, honestly")),
      unknown(
        "faults-proven",
        "it is over by a process that exited",
        proof("fault-healed", "exited with code 137"),
      ),
      unknown("faults-proven", "nothing was seen of its end", proof("fault-healed", "")),
      unknown(
        "faults-proven",
        "its end is missing",
        drop("fault-healed", (record) => record.fault === id),
      ),
      unknown(
        "faults-proven",
        "it was healed before it was in force",
        edit("fault-healed", (record) =>
          record.fault === id ? { ...record, begin: begin - 2 * s, end: begin - s } : record,
        ),
      ),
      unknown(
        "faults-proven",
        "it hit no node",
        edit("fault-injected", (record) => (record.fault === id ? { ...record, nodes: [] } : record)),
      ),
      unknown(
        "faults-proven",
        "another fault was planned and never injected",
        insert("fault-injected", {
          type: "fault-planned",
          at: begin,
          fault: "f99",
          kind: "kill",
          target: "x",
        }),
      ),
      ...(inside === undefined ? [] : vanishing(id, inside)),
      unknown(
        "worked-before",
        "nobody saw the load run smoothly before it",
        drop("phase", ({ name }) => name === "baseline"),
      ),
      ...(group === undefined
        ? []
        : [
            unknown(
              "everywhere",
              "no pull was due from the fault on",
              chain(
                failPulls({ from: begin, to: run.until, group }),
                drop(
                  "consume",
                  (record) => record.group === group && record.sent >= begin && record.sent < run.until,
                ),
              ),
            ),
          ]),
    ];
  });
}

/** A message of the fault's time was delivered to a consumer, was not acknowledged, and is gone. */
function vanishing(id: string, sequence: number): Mutation[] {
  const outcomes = [
    { name: "in doubt", outcome: "in-doubt" },
    { name: "refused", outcome: "failed" },
  ] as const;
  return outcomes.map(
    ({ name, outcome }): Mutation => ({
      name: `${id}: a message that was ${name} was delivered and is gone`,
      change: chain(
        edit("send", (record) =>
          record.sequence === sequence ? { ...withoutOffset(record), outcome, error: "no answer" } : record,
        ),
        rows(
          () => true,
          (messages) => messages.filter(([, one]) => one !== sequence),
        ),
      ),
      verdict: "fail",
      check: "vanished",
      figure: { of: (result) => result.accounting.vanished?.count, is: 1 },
    }),
  );
}

/** Replicas that are not the same, where there is more than one. */
function ofReplicas(run: SampleRun): Mutation[] {
  const follower = run.records.find((record) => record.type === "read-back" && !record.authoritative);
  if (follower?.type !== "read-back") return [];
  const { group, node, queue } = follower;
  const mine = (record: { readonly group: string; readonly node: string; readonly queue: number }) =>
    record.group === group && record.node === node && record.queue === queue;
  const fail = (name: string, change: Change): Mutation => ({
    name,
    change,
    verdict: "fail",
    check: "replicas-equal",
  });
  return [
    fail(
      "a replica lacks the last message",
      chain(
        rows(mine, (messages) => messages.slice(0, -1)),
        edit("read-back-done", (record) => (mine(record) ? { ...record, to: record.to - 1 } : record)),
      ),
    ),
    fail(
      "a replica has another body",
      rows(mine, (messages) => messages.map(([offset, one, crc]) => [offset, one, offset === 5 ? 1 : crc])),
    ),
    fail(
      "a replica has two messages the other way round",
      rows(mine, (messages) =>
        messages.map((row, index) => [
          row[0],
          messages[index === 3 ? 4 : index === 4 ? 3 : index]?.[1] ?? row[1],
          row[2],
        ]),
      ),
    ),
    fail(
      "one replica differs, and another queue could not be read",
      chain(
        rows(mine, (messages) => messages.map(([offset, one, crc]) => [offset, one, offset === 5 ? 1 : crc])),
        edit("read-back-done", (record) =>
          record.node === node && record.queue !== queue ? { ...record, error: "timeout" } : record,
        ),
      ),
    ),
    {
      name: "a replica was not read at all",
      change: chain(
        drop("read-back", (record) => record.node === node),
        drop("read-back-done", (record) => record.node === node),
      ),
      verdict: "unknown",
      check: "read-back",
    },
    {
      name: "one queue of a replica was not read",
      change: chain(drop("read-back", mine), drop("read-back-done", mine)),
      verdict: "unknown",
      check: "read-back",
    },
  ];
}

/** What is done to who writes, where brokers are elected. */
function ofElections(run: SampleRun): Mutation[] {
  if (run.mode !== "dledger" && run.mode !== "controller") return [];
  return run.faults.flatMap(({ id, group, begin }): Mutation[] => {
    if (group === undefined) return [];
    const old = sendsOf(run, group).findLast(({ done }) => done <= begin)?.broker ?? "";
    return [
      {
        name: `${id}: the old writer acknowledges once more`,
        change: stale(run, group, begin + 2.5 * s, old),
        verdict: "fail",
        check: "one-writer",
      },
      {
        name: `${id}: nobody takes over`,
        change: edit("send", (record) =>
          record.group === group && record.sent >= begin && record.broker !== undefined
            ? { ...record, broker: old }
            : record,
        ),
        verdict: "fail",
        check: "takeovers",
      },
      {
        name: `${id}: nobody saw who leads`,
        change: drop("role", (record) => record.group === group),
        verdict: "unknown",
        check: "observed",
      },
      {
        name: `${id}: two leaders in a term`,
        change: insert("drained", {
          type: "role",
          at: run.until,
          group,
          node: "broker-a-9",
          role: "leader",
          term: 1,
          source: "self",
        }),
        verdict: "fail",
        check: "one-writer",
      },
    ];
  });
}

/** A few sends in the reign of the next writer are answered by the one before, which nobody elected again. */
function stale(run: SampleRun, group: string, from: number, node: string): Change {
  const few = new Set(
    sendsOf(run, group)
      .filter(({ sent }) => sent >= from)
      .slice(0, 3)
      .map(({ sequence }) => sequence),
  );
  return edit("send", (record) => (few.has(record.sequence) ? { ...record, broker: node } : record));
}
