import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { responseCodes } from "../protocol/response-code.ts";
import { ask, bodyOf } from "./exchange.ts";
import { long, nullable } from "./wire-types.ts";

const connection = z.object({
  clientId: z.string(),
  clientAddr: z.string(),
  language: nullable(z.string()),
  version: z.number().int(),
});

/** A client that keeps itself registered at a broker by heartbeats. */
export type ClientConnection = z.output<typeof connection>;

const consumerBody = z.object({
  connectionSet: z.array(connection),
  consumeType: nullable(z.string()),
  messageModel: nullable(z.string()),
  consumeFromWhere: nullable(z.string()),
  subscriptionTable: z
    .record(z.string(), z.object({ topic: z.string(), subString: nullable(z.string()) }))
    .transform((table) => Object.values(table)),
});

/** The clients of a consumer group, what they subscribe to, and how they consume. */
export type ConsumerConnections = z.output<typeof consumerBody>;

/** GET_CONSUMER_CONNECTION_LIST at one broker; undefined while no client of the group is connected to it. */
export async function consumerConnections(
  client: RemotingClient,
  broker: string,
  consumerGroup: string,
  options?: RequestOptions,
): Promise<ConsumerConnections | undefined> {
  const command = { code: requestCodes.GET_CONSUMER_CONNECTION_LIST, fields: { consumerGroup } };
  const accepted = [responseCodes.SUCCESS, responseCodes.CONSUMER_NOT_ONLINE];
  const answer = await ask(client, broker, command, options, accepted);
  return answer.frame.code === responseCodes.CONSUMER_NOT_ONLINE ? undefined : bodyOf(answer, consumerBody);
}

const producersBody = z.object({
  data: nullable(
    z.record(
      z.string(),
      z.array(
        z.object({
          clientId: z.string(),
          remoteIP: z.string(),
          language: nullable(z.string()),
          version: z.number().int(),
          lastUpdateTimestamp: long,
        }),
      ),
    ),
  ),
});

export interface ProducerConnection {
  readonly clientId: string;
  readonly remoteIP: string;
  readonly language: string | undefined;
  readonly version: number;
  /** Of its last heartbeat, in milliseconds since 1970. */
  readonly lastUpdateTimestamp: number;
}

/** Every producer that is registered at one broker, by producer group (GET_ALL_PRODUCER_INFO). */
export async function producerConnections(
  client: RemotingClient,
  broker: string,
  options?: RequestOptions,
): Promise<ReadonlyMap<string, readonly ProducerConnection[]>> {
  const answer = await ask(client, broker, { code: requestCodes.GET_ALL_PRODUCER_INFO }, options);
  return new Map(Object.entries(bodyOf(answer, producersBody).data ?? {}));
}
