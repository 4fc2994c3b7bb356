import { z } from "zod";

/** Milliseconds since 1970. */
export const epochMs = z.number().int();

/** A queue or byte offset; RocketMQ's longs stay below 2^53 in practice. */
export const offset = z.number().int();

/** The body of every answer that is not 2xx. */
export const apiErrorSchema = z.object({
  /** A closed set: see `apiErrorCodes`. */
  code: z.string(),
  message: z.string(),
  /** What to do about it. */
  hint: z.string().optional(),
  /** Which of `refusals` it is, where the console itself refuses: for words in another language. */
  reason: z.string().optional(),
  /** What stands in the words of `reason`. */
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type ApiError = z.infer<typeof apiErrorSchema>;

/** Code -> HTTP status. */
export const apiErrorCodes = {
  INVALID_REQUEST: 400,
  LOGIN_REQUIRED: 401,
  LOGIN_REFUSED: 401,
  READ_ONLY: 403,
  FOREIGN_ORIGIN: 403,
  FOREIGN_HOST: 421,
  NOT_FOUND: 404,
  NOT_CONFIRMED: 400,
  /** What is to be changed is no longer as the user saw it. */
  CHANGED_MEANWHILE: 409,
  TOO_MANY_ATTEMPTS: 429,
  /** RocketMQ answered, with a refusal. */
  REFUSED_BY_ROCKETMQ: 422,
  /** No name server or broker that could answer does. */
  UNREACHABLE: 503,
  INTERNAL: 500,
} as const;
export type ApiErrorCode = keyof typeof apiErrorCodes;

/**
 * What happened to a change at one node. A change goes to several brokers; it may succeed at some of them only.
 */
export const nodeOutcomeSchema = z.object({
  /** Broker name and id, `broker-a:0`, or a name server's address. */
  node: z.string(),
  ok: z.boolean(),
  /** Why not. */
  message: z.string().optional(),
});
export type NodeOutcome = z.infer<typeof nodeOutcomeSchema>;

export const changeResultSchema = z.object({ outcomes: z.array(nodeOutcomeSchema) });
export type ChangeResult = z.infer<typeof changeResultSchema>;

/** Whether a change names a value at all. */
export function namesSomething(change: Readonly<Record<string, unknown>>): boolean {
  return Object.values(change).some((value) => value !== undefined);
}

/** A deletion repeats the name of what goes, as the user typed it. */
export const confirmation = z.object({ confirm: z.string() });
