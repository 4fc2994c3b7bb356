import { z } from "zod";
import { epochMs, offset } from "./common.ts";
import { missingSchema } from "./problems.ts";

export const messageSummarySchema = z.object({
  topic: z.string(),
  /** The producer's unique id, or the offset id where there is none. */
  messageId: z.string(),
  offsetMessageId: z.string(),
  group: z.string(),
  queueId: z.number().int(),
  queueOffset: offset,
  tags: z.string().nullable(),
  keys: z.string().nullable(),
  bornAt: epochMs,
  storedAt: epochMs,
  bodyBytes: z.number().int(),
});
export type MessageSummary = z.infer<typeof messageSummarySchema>;

export const messageDetailSchema = messageSummarySchema.extend({
  bornHost: z.string(),
  storeHost: z.string(),
  reconsumeTimes: z.number().int(),
  properties: z.record(z.string(), z.string()),
  bodyBase64: z.string(),
  /** The body is longer than 256 KiB and was cut; `GET …/body` has all of it. */
  bodyTruncated: z.boolean(),
});
export type MessageDetail = z.infer<typeof messageDetailSchema>;

export const messageSearchQuery = z.object({
  topic: z.string().min(1),
  /** Exactly one of: a key; or a time range. */
  key: z.string().optional(),
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(64),
});
export const messageSearchSchema = z.object({
  messages: z.array(messageSummarySchema),
  /** More matched than `limit`. */
  more: z.boolean(),
  missing: z.array(missingSchema),
});
export type MessageSearch = z.infer<typeof messageSearchSchema>;

/** How each consumer group stands towards one message. */
export const messageConsumptionSchema = z.object({
  consumers: z.array(
    z.object({
      consumer: z.string(),
      /**
       * `unknown`: no offset stored, or a broadcast group, whose clients keep their own. `offline`: not consumed, and no client is
       * connected to a broker or a proxy; where a proxy cannot be asked it is `not-yet`.
       */
      state: z.enum(["consumed", "not-yet", "filtered", "offline", "unknown"]),
      detail: z.string().optional(),
    }),
  ),
});
export type MessageConsumption = z.infer<typeof messageConsumptionSchema>;

/** Has a connected client of the group consume the message now (CONSUME_MESSAGE_DIRECTLY). */
export const resendSchema = z.object({ consumer: z.string(), clientId: z.string().optional() });
export type Resend = z.infer<typeof resendSchema>;
export const resendResultSchema = z.object({
  clientId: z.string(),
  /** As the client answered (CMResult.java). */
  result: z.enum(["success", "later", "rollback", "commit", "throw-exception", "return-null"]),
  remark: z.string().nullable(),
  tookMs: z.number(),
});
export type ResendResult = z.infer<typeof resendResultSchema>;

/** From the trace topic: producers and consumers that have tracing switched on write there. */
export const messageTraceSchema = z.object({
  traceTopic: z.string(),
  steps: z.array(
    z.object({
      kind: z.enum(["send", "consume-begin", "consume-end", "end-transaction"]),
      at: epochMs,
      /** Producer or consumer group. */
      client: z.string(),
      clientHost: z.string().nullable(),
      tookMs: z.number().nullable(),
      ok: z.boolean().nullable(),
      retryTimes: z.number().int().nullable(),
    }),
  ),
});
export type MessageTrace = z.infer<typeof messageTraceSchema>;

/** Dead-letter queues: one per consumer group that has given up on a message. */
export const dlqListSchema = z.object({
  at: epochMs,
  queues: z.array(z.object({ consumer: z.string(), topic: z.string(), messages: z.number().int() })),
});
export type DlqList = z.infer<typeof dlqListSchema>;

/** Gives dead letters to the group again, by its retry topic, one by one; they stay in the dead-letter queue. */
export const dlqResendSchema = z.object({
  messageIds: z.array(z.string()).min(1).max(200),
  confirm: z.string(),
});
export type DlqResend = z.infer<typeof dlqResendSchema>;
export const dlqResendResultSchema = z.object({
  results: z.array(
    z.object({
      messageId: z.string(),
      ok: z.boolean(),
      /** The group's retry topic that it was sent to. */
      topic: z.string().optional(),
      message: z.string().optional(),
    }),
  ),
});
export type DlqResendResult = z.infer<typeof dlqResendResultSchema>;
