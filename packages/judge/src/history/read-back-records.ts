import { z } from "zod";
import { bounds } from "./bounds.ts";
import { micros } from "./micros.ts";

const place = {
  at: micros,
  group: z.string().min(1),
  /** Replica that was read. */
  node: z.string().min(1),
  /** True where clients read after healing: the group's master or leader. Exactly one replica of a group. */
  authoritative: z.boolean(),
  topic: z.string().min(1),
  queue: z.int().nonnegative().max(bounds.queue),
};

/**
 * Messages found on one replica's queue, in offset order: queue offset, sequence (-1 when the message is not of this
 * run), and the CRC-32 of its body.
 */
export const readBackRecord = z.object({
  type: z.literal("read-back"),
  ...place,
  messages: z.array(
    z.tuple([
      z.int().nonnegative().max(bounds.offset),
      z.int().min(-1).max(bounds.sequence),
      z.int().nonnegative().max(bounds.crc),
    ]),
  ),
});
export type ReadBackRecord = z.infer<typeof readBackRecord>;

/** That queue of that replica was read from `from` (inclusive) to `to` (exclusive), which are its min and max offset. */
export const readBackDoneRecord = z.object({
  type: z.literal("read-back-done"),
  ...place,
  from: z.int().nonnegative().max(bounds.offset),
  to: z.int().nonnegative().max(bounds.offset),
  /** Why the reading stopped before `to`; absent when it did not. */
  error: z.string().optional(),
});
export type ReadBackDoneRecord = z.infer<typeof readBackDoneRecord>;

export const authorityChoices = ["route", "own-word", "most-held"] as const;

/** How the replica was chosen that counts as what clients read, before a group was read back. */
export const authorityRecord = z.strictObject({
  type: z.literal("authority"),
  at: micros,
  group: z.string().min(1),
  node: z.string().min(1),
  /** route: every name server that answers routes clients to it; own-word: only it says so; most-held: nobody does. */
  by: z.enum(authorityChoices),
  /** Master by name server, as each said; a name server that did not answer is absent. */
  routed: z.record(z.string(), z.string()),
  /** Brokers that call themselves the group's master. */
  masters: z.array(z.string()),
});
export type AuthorityRecord = z.infer<typeof authorityRecord>;
