import { z } from "zod";
import { clusterHistorySchema, clusterStateSchema, roleEventSchema } from "./cluster.ts";
import { epochMs } from "./common.ts";

/**
 * What `GET /api/v1/events` sends: server-sent events whose `event` is the key and whose `data` is the JSON value. On
 * connect `state` and `history` come at once. A comment line every 15 s keeps proxies from closing the stream.
 */
export const eventSchemas = {
  state: clusterStateSchema,
  /** On connect, and when another one begins: all that was seen before. It takes the place of what the viewer has. */
  history: clusterHistorySchema,
  /** Again with the same number when its term becomes known. */
  role: roleEventSchema,
  /** Topics or consumer groups were changed through this console or elsewhere: fetch the list again. */
  changed: z.object({ what: z.enum(["topics", "consumers", "config", "drills"]), at: epochMs }),
} as const;

export type EventName = keyof typeof eventSchemas;
export type EventData<N extends EventName> = z.infer<(typeof eventSchemas)[N]>;
