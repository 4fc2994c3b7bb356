import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { ask, bodyOf } from "./exchange.ts";
import { byObject, long, messageQueue, nullable } from "./wire-types.ts";

/** A client of a consumer group, by the id that `consumerConnections` gives. */
export interface ConsumerClient {
  readonly consumerGroup: string;
  readonly clientId: string;
}

const runningInfoBody = z.object({
  properties: z.record(z.string(), z.string()),
  subscriptionSet: z.array(z.object({ topic: z.string(), subString: nullable(z.string()) })),
  mqTable: byObject(
    messageQueue,
    z.object({
      commitOffset: long,
      cachedMsgCount: long,
      cachedMsgMinOffset: long,
      cachedMsgMaxOffset: long,
      locked: z.boolean(),
      droped: z.boolean(),
      lastPullTimestamp: long,
      lastConsumeTimestamp: long,
    }),
  ),
  statusTable: z.record(
    z.string(),
    z.object({
      pullRT: z.number(),
      pullTPS: z.number(),
      consumeRT: z.number(),
      consumeOKTPS: z.number(),
      consumeFailedTPS: z.number(),
      consumeFailedMsgs: long,
    }),
  ),
  jstack: nullable(z.string()),
});

type RunningInfo = z.output<typeof runningInfoBody>;

/** A queue as the client works on it. Times are in milliseconds since 1970. */
export type ClientQueue = z.output<typeof messageQueue> & RunningInfo["mqTable"][number][1];

export interface ConsumerRunningInfo {
  readonly properties: Readonly<Record<string, string>>;
  readonly subscriptions: RunningInfo["subscriptionSet"];
  readonly queues: readonly ClientQueue[];
  /** Topic -> times in milliseconds, rates per second, failures of the last hour. */
  readonly status: RunningInfo["statusTable"];
  /** Stacks of the client's threads; only of a Java client, and only where asked for. */
  readonly jstack: string | undefined;
}

/** How a client of a consumer group is doing, by its own account, which the broker fetches (GET_CONSUMER_RUNNING_INFO). */
export async function consumerRunningInfo(
  client: RemotingClient,
  broker: string,
  query: ConsumerClient & { readonly jstack?: boolean },
  options?: RequestOptions,
): Promise<ConsumerRunningInfo> {
  const fields = {
    consumerGroup: query.consumerGroup,
    clientId: query.clientId,
    jstackEnable: query.jstack ?? false,
  };
  const command = { code: requestCodes.GET_CONSUMER_RUNNING_INFO, fields };
  const body = bodyOf(await ask(client, broker, command, options), runningInfoBody);
  return {
    properties: body.properties,
    subscriptions: body.subscriptionSet,
    queues: body.mqTable.map(([queue, progress]) => ({ ...queue, ...progress })),
    status: body.statusTable,
    jstack: body.jstack,
  };
}

/** CMResult.java, whose names are CR_SUCCESS and so on. */
const directResults = ["success", "later", "rollback", "commit", "throw-exception", "return-null"] as const;

const directResultBody = z.object({
  consumeResult: z
    .string()
    .transform((text) => text.replace(/^CR_/, "").toLowerCase().replaceAll("_", "-"))
    .pipe(z.enum(directResults)),
  remark: nullable(z.string()),
  spentTimeMills: long,
});

export interface DirectConsumption {
  readonly result: (typeof directResults)[number];
  readonly remark: string | undefined;
  readonly spentMs: number;
}

/** Has one client consume one stored message now, whatever the group's offset (CONSUME_MESSAGE_DIRECTLY). */
export async function consumeMessageDirectly(
  client: RemotingClient,
  broker: string,
  query: ConsumerClient & { readonly topic: string; readonly offsetMessageId: string },
  options?: RequestOptions,
): Promise<DirectConsumption> {
  const fields = {
    consumerGroup: query.consumerGroup,
    clientId: query.clientId,
    topic: query.topic,
    msgId: query.offsetMessageId,
  };
  const command = { code: requestCodes.CONSUME_MESSAGE_DIRECTLY, fields };
  const body = bodyOf(await ask(client, broker, command, options), directResultBody);
  return { result: body.consumeResult, remark: body.remark, spentMs: body.spentTimeMills };
}
