import { BodyCrc } from "../history/body-crc.ts";
import type { Micros } from "../history/micros.ts";
import type { ConsumeRecord, Outcome, SendRecord } from "../history/operations.ts";
import type { ReadBackDoneRecord, ReadBackRecord } from "../history/read-back-records.ts";
import type { StoredRecord } from "../history/record.ts";

/** Of every body. */
export const messageBytes = 512;

/** What a simulated broker group does with an operation at a moment. */
export interface Answer {
  readonly outcome: Outcome;
  readonly latency: Micros;
  readonly broker?: string;
  readonly code?: number;
  readonly error?: string;
  /** Stored, whatever was answered. Default: when acknowledged. */
  readonly stored?: boolean;
}

export interface GroupModel {
  readonly name: string;
  /** Sends per second. */
  readonly rate: number;
  readonly send: (at: Micros, sequence: number) => Answer;
  readonly pull: (at: Micros) => Answer;
  /** Between two pulls of the group. Default 10 ms. */
  readonly pullEvery?: Micros;
  /** Replicas to read back, the authoritative one first. */
  readonly replicas: readonly string[];
  /** Whether a stored message is there after healing. */
  readonly survives: (message: Omit<SimulatedMessage, "offset">) => boolean;
}

export interface SimulatedMessage {
  readonly sequence: number;
  readonly sent: Micros;
  readonly done: Micros;
  readonly outcome: Outcome;
  readonly queue: number;
  readonly offset: number;
}

const queues = 4;
const topic = "drill";
const defaultPullEvery: Micros = 10_000;
/** After the last send, consumers go on for so long. */
const drainFor: Micros = 1_000_000;
const bodies = new BodyCrc(messageBytes);

/**
 * Records of an open-loop run over broker groups that behave as told: sends and pulls in the order of their answers,
 * then everything read back. A model for tests and for looking at reports, not a broker.
 */
export function simulate(
  groups: readonly GroupModel[],
  until: Micros,
  jitter: () => number,
): { load: StoredRecord[]; readBack: StoredRecord[] } {
  const load: (SendRecord | ConsumeRecord)[] = [];
  const readBack: StoredRecord[] = [];
  let sequence = 0;
  for (const [index, group] of groups.entries()) {
    const stored: SimulatedMessage[] = [];
    // What does not survive takes offsets that are given again.
    const kept: number[] = new Array(queues).fill(0);
    const doomed: number[] = new Array(queues).fill(0);
    const spacing = Math.round(1_000_000 / group.rate);
    for (let scheduled = index * 137; scheduled < until; scheduled += spacing) {
      const sent = scheduled + Math.round(jitter() * 400);
      const answer = group.send(sent, sequence);
      const queue = sequence % queues;
      const isStored = answer.stored ?? answer.outcome === "acknowledged";
      const done = sent + answer.latency;
      const before = kept[queue] ?? 0;
      const message = { sequence, sent, done, outcome: answer.outcome, queue };
      const survives = group.survives(message);
      const offset = before + (survives ? 0 : (doomed[queue] ?? 0));
      load.push({
        type: "send",
        sequence,
        client: "hotfire",
        scheduled,
        sent,
        done,
        group: group.name,
        topic,
        queue,
        key: `key-${sequence % 16}`,
        outcome: answer.outcome,
        ...optional(answer),
        ...(answer.outcome === "acknowledged" ? { offset } : {}),
      });
      if (isStored) {
        if (survives) kept[queue] = before + 1;
        else doomed[queue] = (doomed[queue] ?? 0) + 1;
        stored.push({ ...message, offset });
      }
      sequence += 1;
    }
    load.push(...pulls(group, stored, until));
    readBack.push(...readReplicas(group, stored, until + 4_000_000));
  }
  load.sort((a, b) => a.done - b.done || a.sent - b.sent);
  return { load, readBack };
}

function pulls(group: GroupModel, stored: readonly SimulatedMessage[], until: Micros): ConsumeRecord[] {
  const records: ConsumeRecord[] = [];
  const waiting: SimulatedMessage[][] = Array.from({ length: queues }, () => []);
  for (const message of stored) waiting[message.queue]?.push(message);
  let turn = 0;
  const { pullEvery = defaultPullEvery } = group;
  for (let at = 5_000; at < until + drainFor; at += pullEvery) {
    const queue = turn % queues;
    turn += 1;
    const answer = group.pull(at);
    const line = waiting[queue] ?? [];
    const ready =
      answer.outcome === "acknowledged" ? line.findIndex((message) => message.sent + 900 > at) : 0;
    // A consumer has one pull of a queue under way, so none may outlast the queue's next turn.
    const latency = Math.min(answer.latency, pullEvery * (queues - 1));
    const batch = line.splice(0, ready < 0 ? line.length : ready);
    records.push({
      type: "consume",
      client: "hotfire",
      scheduled: at,
      sent: at,
      done: at + latency,
      group: group.name,
      topic,
      queue,
      consumerGroup: "drill-consumers",
      outcome: answer.outcome,
      ...optional(answer),
      messages: batch.map((message): [number, number] => [message.offset, message.sequence]),
    });
  }
  return records;
}

function readReplicas(group: GroupModel, stored: readonly SimulatedMessage[], at: Micros): StoredRecord[] {
  return group.replicas.flatMap((node, index) => {
    const authoritative = index === 0;
    return Array.from({ length: queues }, (_, queue): StoredRecord[] => {
      const place = { at, group: group.name, node, authoritative, topic, queue };
      // What did not survive leaves no hole: the queue's offsets go on from the messages that are left.
      const rows = stored
        .filter((message) => message.queue === queue && group.survives(message))
        .map((message, offset): [number, number, number] => [
          offset,
          message.sequence,
          bodies.of(message.sequence),
        ]);
      const batches: ReadBackRecord[] = [];
      for (let from = 0; from < rows.length; from += 500) {
        batches.push({ type: "read-back", ...place, messages: rows.slice(from, from + 500) });
      }
      const done: ReadBackDoneRecord = { type: "read-back-done", ...place, from: 0, to: rows.length };
      return [...batches, done];
    }).flat();
  });
}

function optional({ broker, code, error }: Answer): { broker?: string; code?: number; error?: string } {
  return {
    ...(broker === undefined ? {} : { broker }),
    ...(code === undefined ? {} : { code }),
    ...(error === undefined ? {} : { error }),
  };
}
