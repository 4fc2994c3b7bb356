import { z } from "zod";
import { bounds } from "./bounds.ts";
import { expectationSchema } from "./expectation.ts";
import { kindLoad } from "./kind-records.ts";
import { micros } from "./micros.ts";
import { clientKinds } from "./operations.ts";

/** The format that is written. */
export const historyVersion = 3;
/** The same, of a run whose load had kinds: a reader of format 3 knows no such records. */
export const kindsVersion = 4;
/** Formats that can be read: what an older one does not tell is not known of its run. */
export const readableVersions = [1, 2, historyVersion, kindsVersion] as const;

/** What of the load a judge must know to see that it was there. */
const loadFacts = {
  topic: z.string().min(1),
  queuesPerGroup: z.int().positive().max(bounds.queue),
  producer: z.enum(clientKinds),
  consumer: z.enum(clientKinds),
  /** Consumer groups that are to get every message. */
  consumerGroups: z.array(z.string().min(1)),
  /** Bodies follow from the sequence and `messageBytes` (`packages/drill/src/workload/message.ts`): their CRC can be checked. */
  numberedBodies: z.boolean(),
};

const workload = {
  /** Sends per second over all groups. */
  rate: z.number().positive(),
  messageBytes: z.int().nonnegative(),
  clients: z.array(z.string()),
  /** What was sent besides the plain load. */
  kinds: z.array(kindLoad).min(1).optional(),
};

const facts = {
  type: z.literal("header"),
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
  versions: z.record(z.string(), z.string()),
  /** Image reference -> digest or image id. */
  images: z.record(z.string(), z.string()),
  machine: z.string(),
};

/** First record of a history: everything that is needed to read it, to judge it and to run it again. */
export const writtenHeader = z.strictObject({
  ...facts,
  version: z.literal([historyVersion, kindsVersion]),
  /** What was claimed when the drill ran: a run is judged by that, whatever the drill claims today. */
  expectation: expectationSchema,
  workload: z.strictObject({ ...workload, ...loadFacts }),
});

/** The same, of any format that can be read. */
export const headerRecord = z.strictObject({
  ...facts,
  version: z.literal(readableVersions),
  expectation: expectationSchema.optional(),
  workload: z.strictObject({ ...workload, ...z.object(loadFacts).partial().shape }),
});
export type HeaderRecord = z.infer<typeof headerRecord>;

/** The drill entered a phase, e.g. `baseline`, `fault`, `recovery`, `drain`, `read-back`. */
export const phaseRecord = z.strictObject({ type: z.literal("phase"), at: micros, name: z.string().min(1) });
export type PhaseRecord = z.infer<typeof phaseRecord>;

/** The cluster was looked at after healing: what of it is still not as before, in words; empty when it is whole. */
export const wholeRecord = z.strictObject({
  type: z.literal("whole"),
  at: micros,
  missing: z.array(z.string()),
});
export type WholeRecord = z.infer<typeof wholeRecord>;

/** The drill let the producers rest: from here on no message was due, and none was on its way. */
export const sendingPausedRecord = z.strictObject({ type: z.literal("sending-paused"), at: micros });
export type SendingPausedRecord = z.infer<typeof sendingPausedRecord>;
/** They went on from here. */
export const sendingResumedRecord = z.strictObject({ type: z.literal("sending-resumed"), at: micros });
export type SendingResumedRecord = z.infer<typeof sendingResumedRecord>;

/** A producing client counted its own sends, when it sent no more. */
export const sendingStoppedRecord = z.strictObject({
  type: z.literal("sending-stopped"),
  at: micros,
  client: z.enum(clientKinds),
  sent: z.int().nonnegative(),
});
export type SendingStoppedRecord = z.infer<typeof sendingStoppedRecord>;

/** Whether the consumers had everything that the brokers told of, when it was no longer waited for. */
export const drainedRecord = z.strictObject({
  type: z.literal("drained"),
  at: micros,
  complete: z.boolean(),
});
export type DrainedRecord = z.infer<typeof drainedRecord>;

/** The process that sends and observes did nothing in this time: its event loop stood still. */
export const testerStallRecord = z.strictObject({
  type: z.literal("tester-stall"),
  begin: micros,
  end: micros,
});
export type TesterStallRecord = z.infer<typeof testerStallRecord>;

/** What the runner said while it ran. */
export const noteRecord = z.strictObject({
  type: z.literal("note"),
  at: micros,
  level: z.enum(["info", "warning"]),
  message: z.string().max(2000),
});
export type NoteRecord = z.infer<typeof noteRecord>;

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
  /** SHA-256, in hexadecimal, of all bytes of the file before this line. */
  sha256: z
    .string()
    .regex(/^[\da-f]{64}$/)
    .optional(),
});
export type EndRecord = z.infer<typeof endRecord>;
