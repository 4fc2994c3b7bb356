import { z } from "zod";
import { bounds } from "./bounds.ts";
import { micros } from "./micros.ts";

export const outcomes = ["acknowledged", "failed", "in-doubt"] as const;
/** acknowledged: stored as promised; failed: surely not stored; in-doubt: may or may not be stored. */
export type Outcome = (typeof outcomes)[number];

export const verbs = ["send", "consume"] as const;
export type Verb = (typeof verbs)[number];

export const clientKinds = ["hotfire", "java", "node-proxy"] as const;
export type ClientKind = (typeof clientKinds)[number];

const name = z.string().min(1).max(255);

const operation = {
  client: z.enum(clientKinds),
  /** When the open-loop schedule wanted it. */
  scheduled: micros,
  /** When it was handed to the socket or the official client. */
  sent: micros,
  /** When its outcome was known. */
  done: micros,
  /** Broker group it was aimed at, even when no broker could be reached. */
  group: name,
  /** Node that answered, or that was dialled. */
  broker: name.optional(),
  topic: name,
  queue: z.int().nonnegative().max(bounds.queue),
  outcome: z.enum(outcomes),
  /** RocketMQ's response code, when there was an answer. */
  code: z.int().optional(),
  /** The answer's remark or the client's error, shortened by the writer. */
  error: z.string().max(400).optional(),
};

/** One message sent. */
export const sendRecord = z.object({
  type: z.literal("send"),
  /** Identity of the message in this run: dense from 0, also inside the message's properties. */
  sequence: z.int().nonnegative().max(bounds.sequence),
  ...operation,
  /** Ordering key; messages of one key must keep their order. */
  key: z.string().max(255).optional(),
  messageId: z.string().max(128).optional(),
  /** How often it was tried, where that was more than once: times and outcome are those of all attempts together. */
  attempts: z.int().min(2).max(1000).optional(),
  /** Queue offset that the broker answered. */
  offset: z.int().nonnegative().max(bounds.offset).optional(),
});
export type SendRecord = z.infer<typeof sendRecord>;

/** One pull, or one delivery to an official client. */
export const consumeRecord = z.object({
  type: z.literal("consume"),
  ...operation,
  consumerGroup: name,
  /** What came: queue offset and sequence; sequence -1 is a message that is not of this run. */
  messages: z.array(
    z.tuple([z.int().nonnegative().max(bounds.offset), z.int().min(-1).max(bounds.sequence)]),
  ),
});
export type ConsumeRecord = z.infer<typeof consumeRecord>;

export type OperationRecord = SendRecord | ConsumeRecord;
