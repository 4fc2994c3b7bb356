import { randomUUID } from "node:crypto";
import { createTopic, permissions, pull, type RemotingClient, send } from "@hotfire/remoting";

/**
 * The topic that readiness and `verify` write to: one queue in every group. It stays, like RocketMQ's own test topics,
 * so that two checks at once do not pull it from under each other; its messages expire with all others.
 */
export const verifyTopic = "hotfire-verify";

export interface RoundTrip {
  readonly messageId: string;
  readonly queueOffset: number;
  /** Byte position behind the message in the master's commit log: a replica that is there has it. */
  readonly endOffset: number;
  readonly sendMs: number;
  readonly readMs: number;
}

export interface RoundTripOptions {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

/** Creates the topic at a master, if need be, sends one message and reads it back from the same queue. */
export async function roundTrip(
  remoting: RemotingClient,
  master: string,
  options: RoundTripOptions,
): Promise<RoundTrip> {
  const until = performance.now() + options.deadlineMs;
  const limits = () => ({
    deadlineMs: Math.max(1, until - performance.now()),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const perm = permissions.read | permissions.write;
  await createTopic(
    remoting,
    master,
    { topic: verifyTopic, readQueueNums: 1, writeQueueNums: 1, perm },
    limits(),
  );
  const text = randomUUID();
  const sentAt = performance.now();
  const sent = await send(
    remoting,
    master,
    { topic: verifyTopic, queueId: 0, body: Buffer.from(text) },
    limits(),
  );
  const sendMs = performance.now() - sentAt;
  if (sent.status !== "stored") throw new Error(`the send was answered ${sent.status}`);
  const readAt = performance.now();
  for (;;) {
    const leftMs = until - performance.now();
    if (leftMs <= 0)
      throw new Error(`message ${sent.queueOffset} was stored, and could not be read back in time`);
    // The broker shows a message a moment after it stored it: let it hold the request until then.
    const suspendMs = Math.max(1, Math.min(1000, leftMs / 2));
    const query = { topic: verifyTopic, queueId: 0, offset: sent.queueOffset, maxMessages: 1, suspendMs };
    const read = await pull(remoting, master, query, limits());
    const [message] = read.messages;
    if (message === undefined) continue;
    if (Buffer.from(message.body).toString("utf8") !== text) {
      throw new Error(`queue offset ${sent.queueOffset} holds another message than the one that was sent`);
    }
    return {
      messageId: sent.offsetMessageId,
      queueOffset: sent.queueOffset,
      endOffset: message.commitLogOffset + message.storeSize,
      sendMs,
      readMs: performance.now() - readAt,
    };
  }
}
