import { z } from "zod";

/** The Dashboard's Ops page, and what the console knows of itself. */
export const opsSchema = z.object({
  /** The list in use. */
  namesrvs: z.array(z.string()),
  /** From the start; a change through the API lasts until the console restarts. */
  configuredNamesrvs: z.array(z.string()),
  /** What the list may be made of: the operator's (NAMESRV_ADDR and HOTFIRE_CONSOLE_NAMESRVS). */
  allowedNamesrvs: z.array(z.string()),
  /** Talk to brokers on listenPort - 2. */
  vipChannel: z.boolean(),
  /** Requests to RocketMQ since the start, and a second at present. */
  load: z.object({ requests: z.number().int(), perSecond: z.number() }),
  viewers: z.number().int(),
  memoryBytes: z.number().int(),
  uptimeMs: z.number().int(),
});
export type Ops = z.infer<typeof opsSchema>;

export const opsChangeSchema = z.object({
  namesrvs: z
    .array(z.string().regex(/^[^\s:]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, "host:port"))
    .min(1)
    .max(20)
    .optional(),
  vipChannel: z.boolean().optional(),
});
export type OpsChange = z.infer<typeof opsChangeSchema>;
