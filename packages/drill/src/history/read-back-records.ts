import { z } from "zod";
import { micros } from "./micros.ts";

const place = {
  at: micros,
  group: z.string().min(1),
  /** Replica that was read. */
  node: z.string().min(1),
  /** True where clients read after healing: the group's master or leader. Exactly one replica of a group. */
  authoritative: z.boolean(),
  topic: z.string().min(1),
  queue: z.int().nonnegative(),
};

/**
 * Messages found on one replica's queue, in offset order: queue offset, sequence (-1 when the message is not of this
 * run), and the CRC-32 of its body.
 */
export const readBackRecord = z.object({
  type: z.literal("read-back"),
  ...place,
  messages: z.array(z.tuple([z.int().nonnegative(), z.int().min(-1), z.int().nonnegative()])),
});
export type ReadBackRecord = z.infer<typeof readBackRecord>;

/** That queue of that replica was read from `from` (inclusive) to `to` (exclusive), which are its min and max offset. */
export const readBackDoneRecord = z.object({
  type: z.literal("read-back-done"),
  ...place,
  from: z.int().nonnegative(),
  to: z.int().nonnegative(),
  /** Why the reading stopped before `to`; absent when it did not. */
  error: z.string().optional(),
});
export type ReadBackDoneRecord = z.infer<typeof readBackDoneRecord>;
