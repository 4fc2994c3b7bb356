import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { ask, bodyOf } from "./exchange.ts";
import { byObject, long, messageQueue, nullable } from "./wire-types.ts";

const statsBody = z.object({
  offsetTable: byObject(
    messageQueue,
    z.object({ brokerOffset: long, consumerOffset: long, pullOffset: long.default(-1), lastTimestamp: long }),
  ),
  // fastjson writes NaN, what no time divides to, as null.
  consumeTps: nullable(z.number()),
});

export interface QueueProgress {
  readonly topic: string;
  readonly brokerName: string;
  readonly queueId: number;
  /** The offset the queue's next message will get. */
  readonly brokerOffset: number;
  /** Where the group is, as it was stored last: the lag is at most the difference. */
  readonly consumerOffset: number;
  readonly pullOffset: number;
  /** When the last consumed message was stored, in milliseconds since 1970; 0 if there is none. */
  readonly lastTimestamp: number;
}

export interface ConsumeStats {
  /** Messages a second. */
  readonly consumeTps: number;
  readonly queues: readonly QueueProgress[];
}

function statsOf({ consumeTps, offsetTable }: z.output<typeof statsBody>): ConsumeStats {
  return {
    consumeTps: consumeTps ?? 0,
    queues: offsetTable.map(([queue, progress]) => ({ ...queue, ...progress })),
  };
}

/** How far a group is in every queue it consumes at one broker (GET_CONSUME_STATS), in one topic or in all. */
export async function consumeStats(
  client: RemotingClient,
  broker: string,
  query: { readonly consumerGroup: string; readonly topic?: string },
  options?: RequestOptions,
): Promise<ConsumeStats> {
  const fields = { consumerGroup: query.consumerGroup, topic: query.topic };
  const answer = await ask(client, broker, { code: requestCodes.GET_CONSUME_STATS, fields }, options);
  return statsOf(bodyOf(answer, statsBody));
}

const allStatsBody = z.object({ consumeStatsList: z.array(z.record(z.string(), z.array(statsBody))) });

/**
 * How far every group is at one broker, in one request (GET_BROKER_CONSUME_STATS): each topic in which it has an offset is one
 * of its stats. Only queues that may be written to are in it; a topic that is drained is stats without queues.
 */
export async function allConsumeStats(
  client: RemotingClient,
  broker: string,
  options?: RequestOptions,
): Promise<ReadonlyMap<string, readonly ConsumeStats[]>> {
  const command = { code: requestCodes.GET_BROKER_CONSUME_STATS, fields: { isOrder: false } };
  const { consumeStatsList } = bodyOf(await ask(client, broker, command, options), allStatsBody);
  return new Map(
    consumeStatsList.flatMap((groups) =>
      Object.entries(groups).map(([group, stats]) => [group, stats.map(statsOf)] as const),
    ),
  );
}

const timeSpansBody = z.object({
  consumeTimeSpanSet: z.array(
    z.object({
      messageQueue,
      minTimeStamp: long,
      maxTimeStamp: long,
      consumeTimeStamp: long,
      delayTime: long,
    }),
  ),
});

export interface QueueDelay {
  readonly topic: string;
  readonly brokerName: string;
  readonly queueId: number;
  /** How long the next message for the group has been stored, in milliseconds; 0: it has them all; undefined: that message is gone. */
  readonly delayMs: number | undefined;
}

/** By how much time a group is behind in each queue of a topic at one broker (QUERY_CONSUME_TIME_SPAN), by that broker's clock. */
export async function consumeDelays(
  client: RemotingClient,
  broker: string,
  query: { readonly consumerGroup: string; readonly topic: string },
  options?: RequestOptions,
): Promise<readonly QueueDelay[]> {
  const fields = { group: query.consumerGroup, topic: query.topic };
  const command = { code: requestCodes.QUERY_CONSUME_TIME_SPAN, fields };
  const { consumeTimeSpanSet } = bodyOf(await ask(client, broker, command, options), timeSpansBody);
  // Without the message its time is -1, and the delay that is made of it some 56 years.
  return consumeTimeSpanSet.map(({ messageQueue: queue, delayTime }) => ({
    ...queue,
    delayMs: delayTime > mostDelayMs ? undefined : Math.max(0, delayTime),
  }));
}

const mostDelayMs = 20 * 365 * 24 * 60 * 60 * 1000;
