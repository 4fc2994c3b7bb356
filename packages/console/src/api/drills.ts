import { z } from "zod";
import { epochMs } from "./common.ts";

export const drillRunSchema = z.object({
  /** Name of its folder. */
  id: z.string(),
  drill: z.string(),
  mode: z.string().nullable(),
  cluster: z.string().nullable(),
  startedAt: epochMs.nullable(),
  /** `running`: its history still grows. `broken`: neither a result nor growing. */
  state: z.enum(["running", "done", "broken"]),
  verdict: z.enum(["pass", "fail", "unknown"]).nullable(),
  sentence: z.string().nullable(),
  reasons: z.array(z.string()),
  /** Microseconds; null: never came back, or not judged. */
  worstRtoUs: z.number().nullable(),
  lost: z.number().int().nullable(),
  /** `GET /drills/runs/:id/report` has its page. */
  report: z.boolean(),
});
export type DrillRun = z.infer<typeof drillRunSchema>;
export const drillListSchema = z.object({ folder: z.string(), runs: z.array(drillRunSchema) });
export type DrillList = z.infer<typeof drillListSchema>;

/**
 * A running (or finished) drill from its first record on, as server-sent events from `GET /drills/runs/:id/events`:
 * `event` is the key. `at` is microseconds on the run's own clock, 0 is where the load begins.
 */
export const drillEventSchemas = {
  run: z.object({
    drill: z.string(),
    cluster: z.string(),
    mode: z.string(),
    groups: z.array(z.string()),
    seed: z.number(),
    startedAt: epochMs,
  }),
  phase: z.object({ at: z.number(), name: z.string() }),
  fault: z.object({
    at: z.number(),
    id: z.string(),
    state: z.enum(["injected", "healed", "error"]),
    kind: z.string(),
    target: z.string(),
    nodes: z.array(z.string()),
    seen: z.string(),
  }),
  role: z.object({
    at: z.number(),
    group: z.string(),
    node: z.string(),
    role: z.string(),
    term: z.number().nullable(),
  }),
  /** One bin of 250 ms of one broker group. */
  rates: z.object({
    at: z.number(),
    group: z.string(),
    acknowledged: z.number().int(),
    failed: z.number().int(),
    inDoubt: z.number().int(),
    consumed: z.number().int(),
    /** Of the bin's acknowledged sends, microseconds. */
    latencyP50: z.number().nullable(),
    latencyMax: z.number().nullable(),
  }),
  end: z.object({ at: z.number().nullable(), reason: z.string() }),
  /** Once judged; the stream ends behind it. */
  verdict: drillRunSchema,
} as const;
export type DrillEventName = keyof typeof drillEventSchemas;
export type DrillEventData<N extends DrillEventName> = z.infer<(typeof drillEventSchemas)[N]>;
