import { z } from "zod";
import { confirmation, epochMs, namesSomething, offset } from "./common.ts";
import { missingSchema } from "./problems.ts";

export const consumerRowSchema = z.object({
  name: z.string(),
  /** Clients connected to brokers; null: not asked yet. */
  clients: z.number().int().nullable(),
  /** Clients through proxies; null: not asked yet, or no proxy answers. */
  proxyClients: z.number().int().nullable(),
  /** Messages behind at most, over all topics and queues; null: not asked yet, or not known, no offset being stored. */
  lag: z.number().int().nullable(),
  tps: z.number().nullable(),
  /** `system`: RocketMQ's own. */
  kind: z.enum(["normal", "fifo", "system"]),
  groups: z.array(z.string()),
  consumeEnabled: z.boolean(),
  retryMaxTimes: z.number().int(),
});
export type ConsumerRow = z.infer<typeof consumerRowSchema>;
/** All of them at once; progress of the first `progressLimit` is in it, `GET /consumers/progress?names=` has the rest. */
export const consumerListSchema = z.object({ at: epochMs, consumers: z.array(consumerRowSchema) });
export type ConsumerList = z.infer<typeof consumerListSchema>;

export const consumerProgressQuery = z.object({
  /** Comma-separated, at most 50: what is on the screen. */
  names: z.string().min(1).max(13_000),
});
export const consumerProgressSchema = z.object({
  at: epochMs,
  consumers: z.array(
    z.object({
      name: z.string(),
      clients: z.number().int(),
      proxyClients: z.number().int().nullable(),
      lag: z.number().int().nullable(),
      tps: z.number().nullable(),
    }),
  ),
});
export type ConsumerProgress = z.infer<typeof consumerProgressSchema>;

/** Every group's, so that all can be sorted by it. */
export const consumerLagSchema = z.object({
  at: epochMs,
  consumers: z.array(
    z.object({
      name: z.string(),
      /** Messages behind at most: clients may be further than what they stored. Null: not known. */
      lag: z.number().int().nullable(),
      tps: z.number(),
    }),
  ),
  /** Broker groups that did not answer: what is behind there is not counted. */
  missing: z.array(missingSchema),
});
export type ConsumerLag = z.infer<typeof consumerLagSchema>;

export const laggingConsumersSchema = z.object({
  at: epochMs,
  /** The groups that are furthest behind, at most five. */
  consumers: z.array(
    z.object({
      name: z.string(),
      lag: z.number().int(),
      /** How long the oldest message has waited for it, by its broker's clock; null: that message is gone. */
      behindMs: z.number().int().nullable(),
    }),
  ),
  /** So many more are behind. */
  more: z.number().int(),
  missing: z.array(missingSchema),
});
export type LaggingConsumers = z.infer<typeof laggingConsumersSchema>;

export const consumerQueueSchema = z.object({
  topic: z.string(),
  group: z.string(),
  queueId: z.number().int(),
  brokerOffset: offset,
  consumerOffset: offset,
  lag: z.number().int(),
  /** When the newest consumed message was stored; null: none. */
  lastConsumedAt: epochMs.nullable(),
  /** Client that has the queue; null: unknown or nobody. */
  client: z.string().nullable(),
});

export const clientConnectionSchema = z.object({
  clientId: z.string(),
  address: z.string(),
  language: z.string(),
  /** The ordinal of RocketMQ's MQVersion, as the client sends it. */
  version: z.string(),
});
export type ClientConnection = z.infer<typeof clientConnectionSchema>;

const consumerConfigSchema = z.object({
  consumeEnabled: z.boolean(),
  consumeBroadcastEnabled: z.boolean(),
  orderly: z.boolean(),
  retryQueues: z.number().int(),
  retryMaxTimes: z.number().int(),
  consumeTimeoutMinutes: z.number().int(),
});

export const consumerDetailSchema = z.object({
  name: z.string(),
  at: epochMs,
  tps: z.number(),
  /** Messages behind at most; null: not known, no offset being stored. */
  lag: z.number().int().nullable(),
  queues: z.array(consumerQueueSchema),
  /** `via`: the proxy that said so; null: connected to a broker. */
  connections: z.array(clientConnectionSchema.extend({ via: z.string().nullable() })),
  /** No client is known, and a proxy that might have some did not answer. */
  mayHaveHiddenClients: z.boolean(),
  /** Null while no client is connected. */
  consumption: z
    .object({
      /** `CONSUME_PASSIVELY` (push), `CONSUME_ACTIVELY` (pull), `CONSUME_POP`. */
      type: z.string(),
      /** `CLUSTERING` or `BROADCASTING`. */
      model: z.string(),
      from: z.string(),
    })
    .nullable(),
  subscriptions: z.array(z.object({ topic: z.string(), expression: z.string() })),
  /** As each broker group's writer has it. */
  configs: z.array(consumerConfigSchema.extend({ group: z.string() })),
  missing: z.array(missingSchema),
});
export type ConsumerDetail = z.infer<typeof consumerDetailSchema>;

/** What a client says of itself, stack traces included; not every client's language answers. */
export const consumerStackSchema = z.object({
  clientId: z.string(),
  properties: z.record(z.string(), z.string()),
  queues: z.array(
    z.object({ topic: z.string(), group: z.string(), queueId: z.number().int(), cached: z.number().int() }),
  ),
  stack: z.string().nullable(),
});
export type ConsumerStack = z.infer<typeof consumerStackSchema>;

/** RocketMQ's own rule: as a topic's, at most 120. */
export const consumerName = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[%|a-zA-Z0-9_-]+$/, "letters, digits, and % | - _ only");

const consumerFields = {
  consumeEnabled: z.boolean(),
  consumeBroadcastEnabled: z.boolean(),
  orderly: z.boolean(),
  retryQueues: z.number().int().min(0).max(100),
  retryMaxTimes: z.number().int().min(-1).max(1000),
};
export const createConsumerSchema = z.object({
  name: consumerName,
  consumeEnabled: consumerFields.consumeEnabled.default(true),
  consumeBroadcastEnabled: consumerFields.consumeBroadcastEnabled.default(true),
  orderly: consumerFields.orderly.default(false),
  retryQueues: consumerFields.retryQueues.default(1),
  retryMaxTimes: consumerFields.retryMaxTimes.default(16),
  groups: z.array(z.string()).min(1).optional(),
});
export type CreateConsumer = z.input<typeof createConsumerSchema>;

/** What is named changes, all else stays as each broker group has it. */
export const changeConsumerSchema = z.strictObject({
  change: z
    .strictObject({ ...consumerFields, consumeTimeoutMinutes: z.number().int().min(1).max(1440) })
    .partial()
    .refine(namesSomething, "names nothing to change"),
  /** Broker groups that have it; without it those of `expected`, or all that have it. */
  groups: z.array(z.string()).min(1).optional(),
  /** Settings that the user saw, by broker group: refused (CHANGED_MEANWHILE) where they are no longer so. */
  expected: z.record(z.string(), consumerConfigSchema.partial()).optional(),
});
export type ChangeConsumer = z.input<typeof changeConsumerSchema>;
export const deleteConsumerSchema = confirmation;

export const producerListSchema = z.object({
  at: epochMs,
  producers: z.array(
    z.object({
      /** Producer group. */
      name: z.string(),
      connections: z.array(clientConnectionSchema.extend({ lastHeartbeat: epochMs })),
    }),
  ),
});
export type ProducerList = z.infer<typeof producerListSchema>;
