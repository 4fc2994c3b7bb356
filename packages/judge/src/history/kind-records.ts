import { z } from "zod";
import { bounds } from "./bounds.ts";
import { micros } from "./micros.ts";
import { outcomes } from "./operations.ts";

/** What applications do besides plain sends. Each kind has a topic, numbers from 0 and records of its own. */
export const applicationKinds = ["fifo", "delay", "transaction", "batch", "large", "pop"] as const;
export type ApplicationKind = (typeof applicationKinds)[number];
const kind = z.enum(applicationKinds);

const number = z.int().nonnegative().max(bounds.sequence);
const group = z.string().min(1).max(255);
const answered = {
  outcome: z.enum(outcomes),
  code: z.int().optional(),
  error: z.string().max(400).optional(),
};

/** One send, or all attempts at it: `number` is the message's own, in its properties too. */
const send = {
  number,
  sent: micros,
  done: micros,
  group,
  broker: group.optional(),
  queue: z.int().nonnegative().max(bounds.queue),
  ...answered,
};

/** What the header tells of a kind's load. */
export const kindLoad = z.strictObject({
  kind,
  topic: z.string().min(1),
  queuesPerGroup: z.int().positive().max(bounds.queue),
  /** Messages per second over all groups. */
  rate: z.number().positive(),
  /** Bodies follow from number and size, except large ones, whose sends tell theirs. */
  messageBytes: z.int().positive(),
  /** Clocks of brokers and tester may be so far apart, and a delayed message that much too early. */
  clockBound: micros,
});
export type KindLoad = z.infer<typeof kindLoad>;

export const fifoSendRecord = z.strictObject({
  type: z.literal("fifo-send"),
  ...send,
  /** All of one message group go to one queue, and the next is sent when the one before has its outcome. */
  messageGroup: z.string().min(1).max(255),
  /** How often it was tried: an attempt in doubt may have stored a copy. */
  attempts: z.int().positive().max(1000),
});

export const delaySendRecord = z.strictObject({
  type: z.literal("delay-send"),
  ...send,
  by: z.enum(["level", "time"]),
  level: z.int().positive().max(100).optional(),
  /** Not to be delivered before: the moment that was asked for, or the sending and the level's time. */
  due: micros,
});

export const halfSendRecord = z.strictObject({
  type: z.literal("half-send"),
  ...send,
  /** What the application decides at once, or when the broker asks. */
  plan: z.enum(["commit", "rollback", "commit-when-asked", "rollback-when-asked"]),
});

const decided = {
  number,
  /** When the application told it. */
  sent: micros,
  done: micros,
  broker: group.optional(),
  decision: z.enum(["commit", "rollback"]),
  ...answered,
};
/** The application told what becomes of a transaction, at once. */
export const transactionEndRecord = z.strictObject({ type: z.literal("transaction-end"), ...decided });
/** A broker asked, and was told. */
export const transactionCheckRecord = z.strictObject({
  type: z.literal("transaction-check"),
  /** When the question came. */
  asked: micros,
  ...decided,
});

export const batchSendRecord = z.strictObject({
  type: z.literal("batch-send"),
  ...send,
  /** `number` is the first one's; the others follow. */
  size: z.int().positive().max(10_000),
});

export const largeSendRecord = z.strictObject({
  type: z.literal("large-send"),
  ...send,
  bytes: z.int().positive(),
  /** What went over the wire, where it was compressed. */
  compressedBytes: z.int().positive().optional(),
  /** CRC-32 of the body before it was compressed. */
  crc: z.int().nonnegative().max(bounds.crc),
});

export const popSendRecord = z.strictObject({ type: z.literal("pop-send"), ...send });

/** What a pop brought: hidden from others from `popped` on, by the broker's clock, for `invisible`. */
export const popTakeRecord = z.strictObject({
  type: z.literal("pop-take"),
  sent: micros,
  done: micros,
  group,
  broker: group.optional(),
  popped: micros,
  invisible: micros,
  deliveries: z.array(
    z.strictObject({
      /** -1: not of this run. */
      number: z.int().min(-1).max(bounds.sequence),
      /** From the group's retry topic, whose queue and offset follow. */
      retry: z.boolean(),
      queue: z.int().nonnegative().max(bounds.queue),
      offset: z.int().nonnegative().max(bounds.offset),
      crc: z.int().nonnegative().max(bounds.crc),
      /** How often it came before, as the broker counts (`reconsumeTimes`). */
      times: z.int().nonnegative().max(10_000),
    }),
  ),
});

/** What the application answered one delivery with: done, or hidden for another time, shorter or longer. */
export const popAnswerRecord = z.strictObject({
  type: z.literal("pop-answer"),
  number,
  /** Of the delivery, the broker's clock. */
  popped: micros,
  sent: micros,
  done: micros,
  broker: group.optional(),
  answer: z.enum(["ack", "hide"]),
  /** Hidden until then, the broker's clock. */
  until: micros.optional(),
  ...answered,
});

/** What a pull of a kind's topic brought: queue offset, number (-1: not of this run), CRC-32 of the body, decompressed. */
export const kindConsumeRecord = z.strictObject({
  type: z.literal("kind-consume"),
  kind,
  sent: micros,
  done: micros,
  group,
  broker: group.optional(),
  queue: z.int().nonnegative().max(bounds.queue),
  messages: z.array(
    z.tuple([
      z.int().nonnegative().max(bounds.offset),
      z.int().min(-1).max(bounds.sequence),
      z.int().nonnegative().max(bounds.crc),
    ]),
  ),
});

/** The kind's producer counted its own messages, when it sent no more. */
export const kindStoppedRecord = z.strictObject({
  type: z.literal("kind-stopped"),
  at: micros,
  kind,
  sent: z.int().nonnegative(),
});

/** Whether all that was due was given its time and every queue read to its end, when it was no longer waited for. */
export const kindDrainedRecord = z.strictObject({
  type: z.literal("kind-drained"),
  at: micros,
  kind,
  complete: z.boolean(),
});

export const kindRecords = [
  fifoSendRecord,
  delaySendRecord,
  halfSendRecord,
  transactionEndRecord,
  transactionCheckRecord,
  batchSendRecord,
  largeSendRecord,
  popSendRecord,
  popTakeRecord,
  popAnswerRecord,
  kindConsumeRecord,
  kindStoppedRecord,
  kindDrainedRecord,
] as const;
export type KindRecord = z.infer<(typeof kindRecords)[number]>;
export type FifoSendRecord = z.infer<typeof fifoSendRecord>;
export type DelaySendRecord = z.infer<typeof delaySendRecord>;
export type HalfSendRecord = z.infer<typeof halfSendRecord>;
export type TransactionEndRecord = z.infer<typeof transactionEndRecord>;
export type TransactionCheckRecord = z.infer<typeof transactionCheckRecord>;
export type BatchSendRecord = z.infer<typeof batchSendRecord>;
export type LargeSendRecord = z.infer<typeof largeSendRecord>;
export type PopSendRecord = z.infer<typeof popSendRecord>;
export type PopTakeRecord = z.infer<typeof popTakeRecord>;
export type PopAnswerRecord = z.infer<typeof popAnswerRecord>;
export type KindConsumeRecord = z.infer<typeof kindConsumeRecord>;
export type KindSendRecord =
  | FifoSendRecord
  | DelaySendRecord
  | HalfSendRecord
  | BatchSendRecord
  | LargeSendRecord
  | PopSendRecord;
