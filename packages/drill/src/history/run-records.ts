import { z } from "zod";
import { micros } from "./micros.ts";

export const historyVersion = 1;

/** First record of a history: everything that is needed to read it and to run it again. */
export const headerRecord = z.strictObject({
  type: z.literal("header"),
  version: z.literal(historyVersion),
  drill: z.string().min(1),
  /** What the drill does and expects, in a sentence. */
  title: z.string().optional(),
  command: z.string(),
  seed: z.int().nonnegative(),
  clock: z.strictObject({
    /** Wall-clock time of moment 0, ISO 8601. */
    origin: z.iso.datetime({ offset: true }),
  }),
  cluster: z.strictObject({
    name: z.string(),
    mode: z.string(),
    /** The normalised cluster spec. */
    spec: z.unknown(),
    groups: z.array(z.strictObject({ name: z.string(), brokers: z.array(z.string()).min(1) })),
    namesrvs: z.array(z.string()),
  }),
  workload: z.strictObject({
    /** Sends per second over all groups. */
    rate: z.number().positive(),
    messageBytes: z.int().nonnegative(),
    clients: z.array(z.string()),
  }),
  versions: z.record(z.string(), z.string()),
  /** Image reference -> digest or image id. */
  images: z.record(z.string(), z.string()),
  machine: z.string(),
});
export type HeaderRecord = z.infer<typeof headerRecord>;

/** The drill entered a phase, e.g. `baseline`, `fault`, `recovery`, `drain`, `read-back`. */
export const phaseRecord = z.strictObject({ type: z.literal("phase"), at: micros, name: z.string().min(1) });
export type PhaseRecord = z.infer<typeof phaseRecord>;

/** As many sends at once as `concurrency` says, each followed by the next as soon as it is answered: what a group can take. */
export const burstRecord = z.strictObject({
  type: z.literal("burst"),
  group: z.string().min(1),
  concurrency: z.int().positive(),
  begin: micros,
  end: micros,
  acknowledged: z.int().nonnegative(),
  failed: z.int().nonnegative(),
});
export type BurstRecord = z.infer<typeof burstRecord>;

/** Last record. `aborted` says why a run stopped before its plan was done. */
export const endRecord = z.strictObject({
  type: z.literal("end"),
  at: micros,
  reason: z.enum(["completed", "aborted"]),
  message: z.string().optional(),
  /** Records before this one. */
  records: z.int().nonnegative(),
});
export type EndRecord = z.infer<typeof endRecord>;
