import { setTimeout as sleep } from "node:timers/promises";
import { crc32 } from "node:zlib";
import type { ReadBackRecord } from "@hotfire/judge/history";
import { pull, type RemotingClient } from "@hotfire/remoting";
import { sequenceOf } from "../workload/message.ts";
import { errorText } from "../workload/send-answer.ts";
import type { QueueEnds } from "./replica.ts";

type Rows = ReadBackRecord["messages"];

export interface QueueToRead extends QueueEnds {
  readonly remoting: RemotingClient;
  readonly address: string;
  readonly topic: string;
  readonly queue: number;
  readonly emit: (rows: Rows) => void;
  readonly signal: AbortSignal | undefined;
}

/** More than a broker gives by default (32 from memory, 8 from disk), for those that are configured to. */
const maxMessages = 256;
const rowsPerRecord = 512;
const deadlineMs = 5000;
/** A pull that fails or brings nothing is tried again: a replica may be busy, or still building its consume queue. */
const attempts = 20;
const pauseMs = 150;

/** Reads a queue from `from` to `to` and emits its rows in order. Returns why it stopped before the end, if it did. */
export async function readQueue(options: QueueToRead): Promise<string | undefined> {
  const { remoting, address, topic, queue, to, emit, signal } = options;
  let rows: Rows = [];
  let offset = options.from;
  let problem: string | undefined;
  for (let failures = 0; offset < to && failures < attempts; ) {
    if (signal?.aborted === true) {
      problem = "aborted";
      break;
    }
    try {
      const query = { topic, queueId: queue, offset, maxMessages };
      const { status, messages } = await pull(remoting, address, query, { deadlineMs });
      const before = offset;
      for (const message of messages) {
        // What came after the ends were looked up is not of this reading.
        if (message.queueOffset < offset || message.queueOffset >= to) continue;
        rows.push([message.queueOffset, sequenceOf(message), crc32(message.body)]);
        offset = message.queueOffset + 1;
      }
      if (rows.length >= rowsPerRecord) {
        emit(rows);
        rows = [];
      }
      if (offset > before) {
        failures = 0;
        continue;
      }
      problem = `offset ${offset} of ${to} cannot be read: ${status}`;
    } catch (error) {
      problem = `offset ${offset} of ${to} cannot be read: ${errorText(error)}`;
    }
    failures += 1;
    await sleep(pauseMs);
  }
  if (rows.length > 0) emit(rows);
  return offset < to ? (problem ?? `it ends at ${offset}, before ${to}`) : undefined;
}
