import { z } from "zod";
import { epochMs } from "./common.ts";
import { silenceSchema } from "./problems.ts";

export const configNodeSchema = z.object({
  /** Broker `id`, or a name server's or controller's address. */
  id: z.string(),
  kind: z.enum(["broker", "namesrv", "controller"]),
  group: z.string().nullable(),
  label: z.string(),
  /** Set when it could not be asked; it has no values then. */
  problem: z.string().optional(),
  silence: silenceSchema.optional(),
});

export const configEntrySchema = z.object({
  key: z.string(),
  /** Node id -> value. A key that holds a secret has `••••••` here. */
  values: z.record(z.string(), z.string()),
  /** RocketMQ's own default; null: not known. */
  default: z.string().nullable(),
  differsFromDefault: z.boolean(),
  /** Between brokers of one group, or between name servers; keys that must differ (brokerId, addresses) do not count. */
  differsBetweenMembers: z.boolean(),
  secret: z.boolean(),
});
export type ConfigEntry = z.infer<typeof configEntrySchema>;

export const configSchema = z.object({
  at: epochMs,
  nodes: z.array(configNodeSchema),
  brokers: z.array(configEntrySchema),
  namesrvs: z.array(configEntrySchema),
  controllers: z.array(configEntrySchema),
});
export type Config = z.infer<typeof configSchema>;

export const configChangeSchema = z.object({
  /** Node ids of one kind. */
  nodes: z.array(z.string()).min(1),
  properties: z.record(z.string().min(1), z.string()),
  /** The values the user saw, key -> node -> value: refused when they are no longer so. */
  expected: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});
export type ConfigChange = z.infer<typeof configChangeSchema>;
