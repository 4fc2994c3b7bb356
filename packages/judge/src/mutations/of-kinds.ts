import { bodyCrcFor } from "../history/body-crc.ts";
import type { KindConsumeRecord } from "../history/kind-records.ts";
import type { StoredRecord } from "../history/record.ts";
import { type Change, chain, drop, edit, header, insert } from "./edit.ts";
import type { Mutation } from "./mutation.ts";
import { ofPop } from "./of-pop.ts";

type Rows = KindConsumeRecord["messages"];

/** Deliveries of one kind, changed row by row. */
function deliveries(kind: KindConsumeRecord["kind"], change: (rows: Rows, at: number) => Rows): Change {
  return edit("kind-consume", (record) =>
    record.kind === kind ? { ...record, messages: change(record.messages, record.done) } : record,
  );
}

const without =
  (number: number) =>
  (rows: Rows): Rows =>
    rows.filter(([, one]) => one !== number);

/** Another copy of a message, at the end of its queue. */
function again(kind: KindConsumeRecord["kind"], number: number): Change {
  return (records) => {
    const found = records.find(
      (record): record is KindConsumeRecord =>
        record.type === "kind-consume" &&
        record.kind === kind &&
        record.messages.some(([, one]) => one === number),
    );
    const row = found?.messages.find(([, one]) => one === number);
    if (found === undefined || row === undefined) return [...records];
    const copy: KindConsumeRecord = { ...found, messages: [[row[0] + 5000, row[1], row[2]]] };
    return insert("kind-drained", copy)(records);
  };
}

/** A message that never came from anywhere. */
function shown(kind: KindConsumeRecord["kind"], number: number): Change {
  const record: KindConsumeRecord = {
    type: "kind-consume",
    kind,
    sent: 9_000_000,
    done: 9_001_000,
    group: "broker-a",
    queue: 0,
    messages: [[7000, number, 0]],
  };
  return insert("kind-drained", record);
}

/** Two messages of one kind in each other's place. */
function swapped(kind: KindConsumeRecord["kind"], a: number, b: number): Change {
  return edit("kind-consume", (record) =>
    record.kind === kind
      ? {
          ...record,
          messages: record.messages.map(([offset, number, crc]): [number, number, number] => [
            offset,
            number === a ? b : number === b ? a : number,
            crc,
          ]),
        }
      : record,
  );
}

const fails = (name: string, check: string, change: Change): Mutation => ({
  name,
  check,
  verdict: "fail",
  change,
});
const unknown = (name: string, change: Change): Mutation => ({
  name,
  check: "kinds-shown",
  verdict: "unknown",
  change,
});

const kindsOf = (records: readonly StoredRecord[]) =>
  records[0]?.type === "header" ? records[0].workload.kinds : undefined;

/** What can be wrong with the kinds of a load. Numbers are those of `synthetic/kinds.ts`: each is acknowledged. */
export const ofKinds: readonly Mutation[] = [
  ...(["fifo", "delay", "batch", "large"] as const).map((kind) =>
    fails(`a ${kind} message is never delivered`, "kind-missing", deliveries(kind, without(4))),
  ),
  fails("a committed transaction is never delivered", "kind-missing", deliveries("transaction", without(4))),
  fails(
    "a transaction committed when asked is never delivered",
    "kind-missing",
    deliveries("transaction", without(6)),
  ),
  ...(["fifo", "delay", "batch", "large"] as const).map((kind) =>
    fails(
      `a ${kind} message has another body`,
      "kind-body",
      deliveries(kind, (rows) =>
        rows.map(([offset, number, crc]) => [offset, number, number === 4 ? crc ^ 1 : crc]),
      ),
    ),
  ),
  fails("a fifo message was refused and is there", "kind-unexpected", (records) => {
    const refused = records.find((record) => record.type === "fifo-send" && record.outcome === "failed");
    return refused?.type === "fifo-send" ? shown("fifo", refused.number)(records) : [...records];
  }),
  fails("a batch message was never sent and is there", "kind-unexpected", shown("batch", 99_999)),
  fails("a large message is not of this run", "kind-unexpected", shown("large", -1)),
  ...(["fifo", "batch", "large"] as const).map((kind) =>
    fails(`a ${kind} message is stored twice`, "kind-twice", again(kind, 4)),
  ),
  // 4 and 10 are of one message group.
  fails(
    "two fifo messages of a group change places",
    "fifo-order",
    chain(swapped("fifo", 4, 10), fixBodies("fifo")),
  ),
  fails(
    "a message group lies in two queues",
    "fifo-order",
    edit("kind-consume", (record) =>
      record.kind === "fifo" && record.messages.some(([, number]) => number === 4)
        ? { ...record, queue: 0 }
        : record,
    ),
  ),
  fails("a message by level comes early", "delay-early", early(4, 60_000)),
  fails("a message by time comes early", "delay-early", early(5, 60_000)),
  fails("a rolled-back transaction is delivered", "transaction-outcome", shown("transaction", 5)),
  fails("a transaction rolled back when asked is delivered", "transaction-outcome", shown("transaction", 7)),
  fails(
    "a transaction whose half message is in doubt is delivered",
    "transaction-outcome",
    chain(
      edit("half-send", (record) => (record.number === 4 ? { ...record, outcome: "in-doubt" } : record)),
      drop("transaction-end", ({ number }) => number === 4),
    ),
  ),
  fails(
    "a transaction is delivered before it is committed",
    "transaction-outcome",
    edit("transaction-end", (record) =>
      record.number === 4 ? { ...record, sent: record.sent + 500_000, done: record.done + 500_000 } : record,
    ),
  ),
  fails(
    "no broker asks for a transaction",
    "transaction-asked",
    drop("transaction-check", ({ number }) => number === 7),
  ),
  fails("an acknowledged batch is there in part", "batch-whole", deliveries("batch", without(6))),
  fails(
    "a batch in doubt has a hole",
    "batch-whole",
    chain(
      edit("batch-send", (record) => (record.number === 4 ? { ...record, outcome: "in-doubt" } : record)),
      deliveries("batch", without(5)),
    ),
  ),
  fails(
    "a batch does not lie side by side",
    "batch-whole",
    deliveries("batch", (rows) =>
      rows.map(([offset, number, crc]) => [number === 7 ? offset + 900 : offset, number, crc]),
    ),
  ),
  unknown(
    "a kind's sends are missing",
    drop("delay-send", ({ number }) => number === 4),
  ),
  unknown(
    "a kind's count is missing",
    drop("kind-stopped", ({ kind }) => kind === "large"),
  ),
  unknown(
    "a kind's count is another one",
    edit("kind-stopped", (record) =>
      record.kind === "fifo" ? { ...record, sent: record.sent + 1 } : record,
    ),
  ),
  unknown(
    "a kind was not waited for",
    drop("kind-drained", ({ kind }) => kind === "transaction"),
  ),
  unknown(
    "a kind was never seen to work",
    edit("large-send", (record) => ({ ...record, outcome: "in-doubt" })),
  ),
  unknown("a kind that the header names was never sent", (records) =>
    chain(
      drop("large-send"),
      edit("kind-consume", (record) => (record.kind === "large" ? [] : record)),
      edit("kind-stopped", (record) => (record.kind === "large" ? { ...record, sent: 0 } : record)),
    )(records),
  ),
  unknown("the header does not name a kind that was sent", (records) => {
    const others = (kindsOf(records) ?? []).filter(({ kind }) => kind !== "large");
    return header((record) => ({ ...record, workload: { ...record.workload, kinds: others } }))(records);
  }),
  unknown(
    "two sends of a message group are under way at once",
    edit("fifo-send", (record) =>
      record.number === 4 ? { ...record, done: record.done + 400_000 } : record,
    ),
  ),
  unknown(
    "a transaction was committed and rolled back",
    edit("transaction-end", (record) =>
      record.number === 4 ? [record, { ...record, decision: "rollback" }] : record,
    ),
  ),
  ...ofPop,
];

function early(number: number, by: number): Change {
  return edit("delay-send", (record) =>
    // Its message came 20 ms after it was due.
    record.number === number ? { ...record, due: record.due + by + 20_000 } : record,
  );
}

/** Bodies go with their numbers again. */
function fixBodies(kind: KindConsumeRecord["kind"]): Change {
  return (records) => {
    const messageBytes = kindsOf(records)?.find((one) => one.kind === kind)?.messageBytes ?? 0;
    const bodies = bodyCrcFor(messageBytes);
    return deliveries(kind, (rows) => rows.map(([offset, number]) => [offset, number, bodies.of(number)]))(
      records,
    );
  };
}
