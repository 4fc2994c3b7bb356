import { z } from "zod";
import { micros } from "./micros.ts";

const containerState = z.enum(["created", "running", "paused", "restarting", "removing", "exited", "dead"]);
/** As the engine tells it, by its wall clock. */
const engineTime = z.iso.datetime({ offset: true }).optional();
const count = z.int().nonnegative();
/** Of which node, and when the run knew it. */
const place = { node: z.string().min(1), at: micros };

/** What was found out about a node of a fault, by kind: a state, a code or a counter. */
export const evidenceSchema = z.discriminatedUnion("kind", [
  /** `engineTime`: when the new state began. */
  z.strictObject({
    kind: z.literal("container-state"),
    ...place,
    before: containerState,
    after: containerState,
    engineTime,
  }),
  /** 137 is SIGKILL. */
  z.strictObject({ kind: z.literal("exit-code"), ...place, code: z.int(), engineTime }),
  z.strictObject({
    kind: z.literal("request"),
    ...place,
    reply: z.enum(["answered", "refused", "silent", "unreachable"]),
  }),
  /** Attempts to connect, and how many were answered. */
  z.strictObject({ kind: z.literal("connections"), ...place, tried: count, answered: count }),
  /** Packets that were dropped or held up, to the node and from it. */
  z.strictObject({ kind: z.literal("packets"), ...place, to: count, from: count }),
  /** Packet filters of the fault that are left, and what ended the others. */
  z.strictObject({
    kind: z.literal("filter"),
    ...place,
    left: count,
    ended: z.enum(["removed", "none-left", "lease", "network"]),
  }),
  /** Who has now what the node had. */
  z.strictObject({
    kind: z.literal("role"),
    ...place,
    role: z.enum(["writer", "controller-leader"]),
    holder: z.string().min(1),
  }),
  /** Processors; null is no limit. */
  z.strictObject({
    kind: z.literal("cpu-limit"),
    ...place,
    before: z.number().positive().nullable(),
    after: z.number().positive().nullable(),
  }),
  /** How far its process's wall clock is ahead of where it was before the fault. */
  z.strictObject({ kind: z.literal("clock-offset"), ...place, ms: z.int() }),
  z.strictObject({
    kind: z.literal("disk-use"),
    ...place,
    percent: z.number().min(0).max(100),
    bytes: count,
  }),
  /** Files and folders on its volume. */
  z.strictObject({ kind: z.literal("files-left"), ...place, files: count }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;

/** Most that one fault may show: eleven kinds, and clusters have tens of nodes. */
const most = 10_000;
export const evidenceList = z.array(evidenceSchema).max(most);
