import { BodyCrc } from "../history/body-crc.ts";
import {
  type ApplicationKind,
  applicationKinds,
  type KindConsumeRecord,
  type KindLoad,
  type KindRecord,
  type KindSendRecord,
  type PopAnswerRecord,
} from "../history/kind-records.ts";
import type { Micros } from "../history/micros.ts";
import type { StoredRecord } from "../history/record.ts";
import { kindsVersion } from "../history/run-records.ts";
import type { SampleRun } from "./runs.ts";

const s = 1_000_000;
const ms = 1000;
const messageBytes = 64;
const bodies = new BodyCrc(messageBytes);
const largeCrc = 0x1234abcd;
const queuesPerGroup = 2;
const batchSize = 4;
const every: Readonly<Record<ApplicationKind, Micros>> = {
  fifo: 100 * ms,
  delay: 200 * ms,
  transaction: 250 * ms,
  batch: 500 * ms,
  large: 1000 * ms,
  pop: 200 * ms,
};
const plans = ["commit", "rollback", "commit-when-asked", "rollback-when-asked"] as const;

type Delivery = { readonly at: Micros; readonly row: [number, number, number]; readonly queue: number };

/** A broker group that stores what it acknowledges, and nothing for a while. */
class Model {
  readonly records: KindRecord[] = [];
  readonly #ends = new Map<string, number>();
  readonly #kind: ApplicationKind;
  readonly #group: string;
  readonly #deliveries: Delivery[] = [];

  constructor(kind: ApplicationKind, group: string) {
    this.#kind = kind;
    this.#group = group;
  }

  deliver(number: number, queue: number, at: Micros, crc = bodies.of(number)): void {
    const offset = this.#ends.get(String(queue)) ?? 0;
    this.#ends.set(String(queue), offset + 1);
    this.#deliveries.push({ at, queue, row: [offset, number, crc] });
  }

  /** Popped for the first time, or again from the retry topic. */
  take(number: number, queue: number, popped: Micros, times: number): void {
    const retry = times > 0;
    const name = retry ? "retry" : String(queue);
    const offset = this.#ends.get(name) ?? 0;
    this.#ends.set(name, offset + 1);
    const crc = bodies.of(number);
    this.records.push({
      type: "pop-take",
      sent: popped - 900,
      done: popped + ms,
      group: this.#group,
      broker: `${this.#group}-0`,
      popped,
      invisible,
      deliveries: [{ number, retry, queue: retry ? 0 : queue, offset, crc, times }],
    });
  }

  finish(): KindRecord[] {
    const consumed = this.#deliveries.map(
      ({ at, queue, row }): KindConsumeRecord => ({
        type: "kind-consume",
        kind: this.#kind,
        sent: at - 900,
        done: at,
        group: this.#group,
        broker: `${this.#group}-0`,
        queue,
        messages: [row],
      }),
    );
    return [...this.records, ...consumed].sort((a, b) => knownAt(a) - knownAt(b));
  }
}

function knownAt(record: KindRecord): Micros {
  return "done" in record ? record.done : record.at;
}

interface Plan {
  readonly groups: readonly string[];
  readonly until: Micros;
  /** Sends of this time are refused. */
  readonly gap: { readonly from: Micros; readonly to: Micros };
}

/** What each kind's load would have left in a history, with nothing wrong. */
export function kindRecordsOf({ groups, until, gap }: Plan): KindRecord[] {
  const records: KindRecord[] = [];
  for (const kind of applicationKinds) {
    let number = 0;
    for (const group of groups) {
      const model = new Model(kind, group);
      for (let at = 50 * ms; at < until; at += every[kind]) {
        const isRefused = at >= gap.from && at < gap.to;
        const send = {
          number,
          sent: at,
          done: at + 2 * ms,
          group,
          ...(isRefused
            ? { outcome: "failed" as const, error: "no master in the route" }
            : { outcome: "acknowledged" as const, broker: `${group}-0` }),
          queue: Math.floor(number / 4) % queuesPerGroup,
        };
        number += sendOne(model, kind, send);
      }
      records.push(...model.finish());
    }
    records.push(
      { type: "kind-stopped", at: until, kind, sent: number },
      { type: "kind-drained", at: until + s, kind, complete: true },
    );
  }
  return records.sort((a, b) => knownAt(a) - knownAt(b));
}

type Sent = Pick<KindSendRecord, "number" | "sent" | "done" | "group" | "outcome" | "queue">;

/** Adds the records of one send, and says how many messages it took. */
function sendOne(model: Model, kind: ApplicationKind, send: Sent): number {
  const { number, sent, done, outcome } = send;
  const isStored = outcome === "acknowledged";
  switch (kind) {
    case "fifo": {
      const messageGroup = `${send.group} orders-${number % 3}`;
      const queue = number % 3 === 0 ? 0 : 1;
      model.records.push({ type: "fifo-send", ...send, queue, messageGroup, attempts: 1 });
      if (isStored) model.deliver(number, queue, done + 3 * ms);
      return 1;
    }
    case "delay": {
      const byLevel = number % 2 === 0;
      const due = sent + s;
      model.records.push({
        type: "delay-send",
        ...send,
        by: byLevel ? "level" : "time",
        ...(byLevel ? { level: 1 } : {}),
        due,
      });
      if (isStored) model.deliver(number, send.queue, due + 20 * ms);
      return 1;
    }
    case "transaction": {
      const plan = plans[number % plans.length] ?? "commit";
      const decision = plan.startsWith("commit") ? "commit" : "rollback";
      model.records.push({ type: "half-send", ...send, plan });
      if (!isStored) return 1;
      const isAsked = plan.endsWith("asked");
      const told = sent + (isAsked ? 2 * s : 5 * ms);
      const decided = { number, sent: told, done: told + ms, broker: `${send.group}-0`, decision } as const;
      model.records.push(
        isAsked
          ? { type: "transaction-check", asked: told - ms, ...decided, outcome: "acknowledged" }
          : { type: "transaction-end", ...decided, outcome: "acknowledged" },
      );
      if (decision === "commit") model.deliver(number, send.queue, told + 4 * ms);
      return 1;
    }
    case "batch": {
      const queue = 0;
      model.records.push({ type: "batch-send", ...send, queue, size: batchSize });
      for (let one = number; isStored && one < number + batchSize; one += 1)
        model.deliver(one, queue, done + 3 * ms);
      return batchSize;
    }
    case "pop": {
      model.records.push({ type: "pop-send", ...send });
      if (isStored) popOne(model, send);
      return 1;
    }
    case "large": {
      model.records.push({ type: "large-send", ...send, bytes: 1_048_576, crc: largeCrc });
      if (isStored) model.deliver(number, send.queue, done + 9 * ms, largeCrc);
      return 1;
    }
  }
}

const popPlans = ["ack", "leave", "ack", "nack", "ack", "renew"] as const;
const invisible = s / 2;

/** One message that is popped, and again where it was left or wanted again. */
function popOne(model: Model, { number, done, group, queue }: Sent): void {
  const plan = popPlans[number % popPlans.length] ?? "ack";
  const first = done + 3 * ms;
  model.take(number, queue, first, 0);
  const answer = (popped: Micros, what: Partial<PopAnswerRecord>): void => {
    const answered = { sent: popped + 2 * ms, done: popped + 3 * ms, outcome: "acknowledged" as const };
    const broker = `${group}-0`;
    model.records.push({ type: "pop-answer", number, popped, broker, answer: "ack", ...answered, ...what });
  };
  if (plan === "nack" || plan === "renew")
    answer(first, { answer: "hide", until: first + (plan === "nack" ? s / 4 : 2 * s) });
  if (plan === "ack") answer(first, {});
  if (plan === "renew") answer(first, { sent: first + 4 * ms, done: first + 5 * ms });
  if (plan === "ack" || plan === "renew") return;
  const next = first + (plan === "nack" ? s / 4 : invisible) + 200 * ms;
  model.take(number, queue, next, 1);
  answer(next, {});
}

/** The same run with every kind beside its plain load. */
export function withKinds(run: SampleRun): SampleRun {
  const first = run.faults[0];
  const gap =
    first === undefined
      ? { from: 3 * s, to: 4 * s }
      : { from: first.begin, to: Math.min(first.healed, first.begin + s) };
  const records = kindRecordsOf({ groups: run.groups, until: run.until - 3 * s, gap });
  const kinds = applicationKinds.map(
    (kind): KindLoad => ({
      kind,
      topic: `drill-${kind}`,
      queuesPerGroup,
      rate: s / every[kind],
      messageBytes,
      clockBound: 50 * ms,
    }),
  );
  const waiting = [...records];
  const all: StoredRecord[] = run.records.flatMap((record): StoredRecord[] => {
    if (record.type === "header")
      return [{ ...record, version: kindsVersion, workload: { ...record.workload, kinds } }];
    const moment = "done" in record ? record.done : "at" in record ? record.at : 0;
    const before = waiting.findIndex((one) => knownAt(one) > moment);
    const due = waiting.splice(0, before === -1 ? waiting.length : before);
    const itself = record.type === "end" ? { ...record, records: record.records + records.length } : record;
    return [...due, itself];
  });
  return { ...run, name: `${run.name} with kinds`, records: all };
}
