import { z } from "zod";
import { confirmation, epochMs, namesSomething, offset } from "./common.ts";
import { missingSchema } from "./problems.ts";

export const topicKinds = [
  "normal",
  "fifo",
  "delay",
  "transaction",
  "retry",
  "dlq",
  "system",
  "unspecified",
] as const;
export const topicKindSchema = z.enum(topicKinds);
export type TopicKind = z.infer<typeof topicKindSchema>;

/** Light enough for thousands: `GET /topics` returns all of them at once. */
export const topicRowSchema = z.object({
  name: z.string(),
  kind: topicKindSchema,
  /** Broker groups that have it. */
  groups: z.array(z.string()),
  readQueues: z.number().int(),
  writeQueues: z.number().int(),
  /** Bits: 4 read, 2 write. */
  perm: z.number().int(),
});
export type TopicRow = z.infer<typeof topicRowSchema>;
export const topicListSchema = z.object({ at: epochMs, topics: z.array(topicRowSchema) });
export type TopicList = z.infer<typeof topicListSchema>;

export const topicQueueSchema = z.object({
  group: z.string(),
  queueId: z.number().int(),
  minOffset: offset,
  maxOffset: offset,
  /** Of the newest message; null: empty. */
  lastStoredAt: epochMs.nullable(),
});

const topicConfigSchema = z.object({
  readQueues: z.number().int(),
  writeQueues: z.number().int(),
  perm: z.number().int(),
  order: z.boolean(),
  attributes: z.record(z.string(), z.string()),
});
export const topicConfigAtSchema = topicConfigSchema.extend({ group: z.string() });

export const topicDetailSchema = z.object({
  name: z.string(),
  kind: topicKindSchema,
  at: epochMs,
  /** As each broker group's writer has it. */
  configs: z.array(topicConfigAtSchema),
  route: z.array(
    z.object({
      group: z.string(),
      cluster: z.string(),
      brokers: z.array(z.object({ brokerId: z.number().int(), address: z.string() })),
      readQueues: z.number().int(),
      writeQueues: z.number().int(),
      perm: z.number().int(),
    }),
  ),
  queues: z.array(topicQueueSchema),
  /** Consumer groups of it. */
  consumers: z.array(z.string()),
  /** Broker groups that did not answer. */
  missing: z.array(missingSchema),
});
export type TopicDetail = z.infer<typeof topicDetailSchema>;

/** RocketMQ's own rule (TopicValidator): letters, digits, `% | - _`, at most 127. */
export const topicName = z
  .string()
  .min(1)
  .max(127)
  .regex(/^[%|a-zA-Z0-9_-]+$/, "letters, digits, and % | - _ only");

const topicFields = {
  readQueues: z.number().int().min(1).max(1024),
  /** 0: it is drained, nothing more is written to it. */
  writeQueues: z.number().int().min(0).max(1024),
  perm: z.number().int().min(0).max(7),
  order: z.boolean(),
};
export const createTopicSchema = z.object({
  name: topicName,
  readQueues: topicFields.readQueues.default(8),
  writeQueues: topicFields.writeQueues.default(8),
  perm: topicFields.perm.default(6),
  order: topicFields.order.default(false),
  /** RocketMQ refuses to change it later. */
  kind: z.enum(["normal", "fifo", "delay", "transaction", "unspecified"]).optional(),
  /** Broker groups; all of them when left out. */
  groups: z.array(z.string()).min(1).optional(),
});
export type CreateTopic = z.input<typeof createTopicSchema>;

/** What is named changes, all else stays as each broker group has it. */
export const changeTopicSchema = z.strictObject({
  change: z.strictObject(topicFields).partial().refine(namesSomething, "names nothing to change"),
  /** Broker groups that have it; without it those of `expected`, or all that have it. */
  groups: z.array(z.string()).min(1).optional(),
  /** Settings that the user saw, by broker group: refused (CHANGED_MEANWHILE) where they are no longer so. */
  expected: z.record(z.string(), topicConfigSchema.partial()).optional(),
});
export type ChangeTopic = z.input<typeof changeTopicSchema>;
export const deleteTopicSchema = confirmation;

export const testSendSchema = z.object({
  body: z.string().max(1_000_000),
  tags: z.string().max(1000).optional(),
  keys: z.string().max(1000).optional(),
  properties: z.record(z.string(), z.string()).optional(),
  /** Only this broker group; otherwise a random one. */
  group: z.string().optional(),
});
export type TestSend = z.infer<typeof testSendSchema>;
export const testSendResultSchema = z.object({
  status: z.enum(["stored", "flush-disk-timeout", "flush-slave-timeout", "slave-not-available"]),
  messageId: z.string(),
  offsetMessageId: z.string(),
  group: z.string(),
  queueId: z.number().int(),
  queueOffset: offset,
  tookMs: z.number(),
});
export type TestSendResult = z.infer<typeof testSendResultSchema>;

export const resetOffsetSchema = z.object({
  consumer: z.string(),
  /** Moves the group to the first message stored at or after this time. */
  to: epochMs,
  confirm: z.string(),
});
export type ResetOffset = z.infer<typeof resetOffsetSchema>;
/** Moves the group behind the newest message of every queue. */
export const skipAccumulatedSchema = z.object({ consumer: z.string(), confirm: z.string() });
export type SkipAccumulated = z.infer<typeof skipAccumulatedSchema>;

export const offsetChangesSchema = z.object({
  queues: z.array(
    z.object({
      group: z.string(),
      queueId: z.number().int(),
      before: offset.nullable(),
      after: offset,
    }),
  ),
  /** Groups whose queues are where they were. */
  missing: z.array(missingSchema),
});
export type OffsetChanges = z.infer<typeof offsetChangesSchema>;
