import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { responseCodes } from "../protocol/response-code.ts";
import { ask, bodyOf, fieldsOf } from "./exchange.ts";
import { byObject, long, longField, type MessageQueue, messageQueue } from "./wire-types.ts";

/** A queue at the broker that is asked. */
export interface QueueOfBroker {
  readonly topic: string;
  readonly queueId: number;
}

const offsetHeader = z.object({ offset: longField });

/** The offset the queue's next message will get (GET_MAX_OFFSET). */
export async function maxOffset(
  client: RemotingClient,
  broker: string,
  queue: QueueOfBroker,
  options?: RequestOptions,
): Promise<number> {
  const fields = { topic: queue.topic, queueId: queue.queueId };
  return offsetOf(client, broker, { code: requestCodes.GET_MAX_OFFSET, fields }, options);
}

/** The offset of the oldest message the queue still has (GET_MIN_OFFSET). */
export async function minOffset(
  client: RemotingClient,
  broker: string,
  queue: QueueOfBroker,
  options?: RequestOptions,
): Promise<number> {
  const fields = { topic: queue.topic, queueId: queue.queueId };
  return offsetOf(client, broker, { code: requestCodes.GET_MIN_OFFSET, fields }, options);
}

/**
 * The offset of a message stored at about a time, in milliseconds since 1970 (SEARCH_OFFSET_BY_TIMESTAMP).
 * `lower` is the first message not before it, `upper` the last not after it.
 */
export async function searchOffset(
  client: RemotingClient,
  broker: string,
  query: QueueOfBroker & { readonly timestamp: number; readonly boundary?: "lower" | "upper" },
  options?: RequestOptions,
): Promise<number> {
  const fields = {
    topic: query.topic,
    queueId: query.queueId,
    timestamp: query.timestamp,
    boundaryType: (query.boundary ?? "lower").toUpperCase(),
  };
  return offsetOf(client, broker, { code: requestCodes.SEARCH_OFFSET_BY_TIMESTAMP, fields }, options);
}

const timestampHeader = z.object({ timestamp: longField });

/** When the queue's oldest message was stored, in milliseconds since 1970; -1 if it has none. */
export async function earliestStoreTime(
  client: RemotingClient,
  broker: string,
  queue: QueueOfBroker,
  options?: RequestOptions,
): Promise<number> {
  const fields = { topic: queue.topic, queueId: queue.queueId };
  const answer = await ask(
    client,
    broker,
    { code: requestCodes.GET_EARLIEST_MSG_STORETIME, fields },
    options,
  );
  return fieldsOf(answer, timestampHeader).timestamp;
}

export interface ConsumerQueue extends QueueOfBroker {
  readonly consumerGroup: string;
}

/** Where a consumer group is in a queue (QUERY_CONSUMER_OFFSET); undefined if it never was there. */
export async function consumerOffset(
  client: RemotingClient,
  broker: string,
  queue: ConsumerQueue,
  options?: RequestOptions,
): Promise<number | undefined> {
  const fields = {
    consumerGroup: queue.consumerGroup,
    topic: queue.topic,
    queueId: queue.queueId,
    setZeroIfNotFound: false,
  };
  const command = { code: requestCodes.QUERY_CONSUMER_OFFSET, fields };
  const accepted = [responseCodes.SUCCESS, responseCodes.QUERY_NOT_FOUND];
  const answer = await ask(client, broker, command, options, accepted);
  return answer.frame.code === responseCodes.QUERY_NOT_FOUND
    ? undefined
    : fieldsOf(answer, offsetHeader).offset;
}

/** Sets where a consumer group is in a queue (UPDATE_CONSUMER_OFFSET). */
export async function updateConsumerOffset(
  client: RemotingClient,
  broker: string,
  queue: ConsumerQueue & { readonly offset: number },
  options?: RequestOptions,
): Promise<void> {
  const fields = {
    consumerGroup: queue.consumerGroup,
    topic: queue.topic,
    queueId: queue.queueId,
    commitOffset: queue.offset,
  };
  await ask(client, broker, { code: requestCodes.UPDATE_CONSUMER_OFFSET, fields }, options);
}

const resetBody = z.object({ offsetTable: byObject(messageQueue, long) });

/** A queue, and where a reset has put its consumer group. */
export type ResetQueue = MessageQueue & { readonly offset: number };

/**
 * Moves a consumer group in every queue of a topic at one broker, while it consumes or not (INVOKE_BROKER_TO_RESET_OFFSET): to the
 * first message not before a time in milliseconds since 1970, or with `to: "end"` behind the newest one. Its clients go on
 * from there with their next pull. Needs the broker's `useServerSideResetOffset`, which 5.5.0 has by default.
 */
export async function resetConsumerOffset(
  client: RemotingClient,
  broker: string,
  target: { readonly consumerGroup: string; readonly topic: string; readonly to: number | "end" },
  options?: RequestOptions,
): Promise<readonly ResetQueue[]> {
  const fields = {
    group: target.consumerGroup,
    topic: target.topic,
    timestamp: target.to === "end" ? -1 : target.to,
    isForce: true,
  };
  const command = { code: requestCodes.INVOKE_BROKER_TO_RESET_OFFSET, fields };
  const { offsetTable } = bodyOf(await ask(client, broker, command, options), resetBody);
  return offsetTable.map(([queue, offset]) => ({ ...queue, offset }));
}

async function offsetOf(
  client: RemotingClient,
  broker: string,
  command: { readonly code: number; readonly fields: Readonly<Record<string, string | number>> },
  options: RequestOptions | undefined,
): Promise<number> {
  return fieldsOf(await ask(client, broker, command, options), offsetHeader).offset;
}
