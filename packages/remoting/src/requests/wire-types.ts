import { z } from "zod";

/**
 * Java's long. RocketMQ's offsets are byte positions and counters that stay far below 2^53, so they are numbers
 * here; a value that is not exact as a number is refused (RESPONSE_INVALID) rather than rounded.
 */
export const long = z.number().refine(Number.isSafeInteger, "not an exact integer");

/** Header fields are text, whatever their Java type. */
export const longField = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number)
  .pipe(long);

export const booleanField = z.enum(["true", "false"]).transform((value) => value === "true");

/** A Java map with Integer or Long keys. */
export function byNumber<T extends z.ZodType>(value: T) {
  return z
    .record(z.string().regex(/^-?\d+$/), value)
    .transform((record) => new Map(Object.entries(record).map(([key, item]) => [Number(key), item])));
}

/** A field that Java leaves out, or writes as null, when it is not set. */
export function nullable<T extends z.ZodType>(value: T) {
  return value.nullish().transform((item) => item ?? undefined);
}

const emptyObject = z.strictObject({}).transform(() => new Map<never, never>());

/** A Java map whose keys are objects; an empty one cannot be told from an object. */
export function byObject<K extends z.ZodType, V extends z.ZodType>(key: K, value: V) {
  return z.union([z.map(key, value), emptyObject]).transform((map) => [...map]);
}

export const messageQueue = z.object({
  topic: z.string(),
  brokerName: z.string(),
  queueId: z.number().int(),
});

/** One queue of a topic at one broker group. */
export type MessageQueue = z.output<typeof messageQueue>;

/** org.apache.rocketmq.remoting.protocol.DataVersion */
export const dataVersion = z.object({ stateVersion: long, timestamp: long, counter: long });
export type DataVersion = z.output<typeof dataVersion>;
