import { micros } from "@hotfire/judge/history";
import { z } from "zod";

/** What a program around an official client prints, a line of JSON each. Moments are on the run's clock. */
const sendLine = z.object({
  type: z.literal("send"),
  sequence: z.int().nonnegative(),
  scheduled: micros,
  sent: micros,
  done: micros,
  group: z.string().min(1),
  queue: z.int().nonnegative(),
  /** How often it was handed to a connection; absent where the client does not let one see. */
  attempts: z.int().nonnegative().optional(),
  /** The last connection's other end. */
  address: z.string().optional(),
  /** SendStatus of a send that returned a result; `OK` through the proxy. */
  status: z.string().optional(),
  code: z.int().optional(),
  error: z.string().optional(),
  offset: z.int().optional(),
  messageId: z.string().optional(),
});
export type SendLine = z.infer<typeof sendLine>;

const consumeLine = z.object({
  type: z.literal("consume"),
  at: micros,
  group: z.string().min(1),
  queue: z.int().nonnegative(),
  messages: z.array(z.tuple([z.int().nonnegative(), z.int().min(-1)])).min(1),
  address: z.string().optional(),
});
export type ConsumeLine = z.infer<typeof consumeLine>;

export const clientLine = z.discriminatedUnion("type", [
  /** It sends, and was given queues to consume. */
  z.object({ type: z.literal("ready"), at: micros }),
  sendLine,
  consumeLine,
  /** Every one of `sent` messages has its line. */
  z.object({ type: z.literal("sending-stopped"), sent: z.int().nonnegative() }),
]);
export type ClientLine = z.infer<typeof clientLine>;

/** Undefined when the line is not one of a client program. */
export function parseClientLine(text: string): ClientLine | undefined {
  try {
    return clientLine.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
