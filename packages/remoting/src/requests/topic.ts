import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { brokerData } from "./cluster.ts";
import { ask, bodyOf } from "./exchange.ts";
import { byObject, dataVersion, long, messageQueue, nullable } from "./wire-types.ts";

/** Bits of a topic's `perm` (PermName.java). */
export const permissions = { inherit: 1, write: 2, read: 4 } as const;

const queueData = z.object({
  brokerName: z.string(),
  readQueueNums: z.number().int(),
  writeQueueNums: z.number().int(),
  perm: z.number().int(),
  topicSysFlag: z.number().int().default(0),
});

const routeBody = z.object({
  orderTopicConf: nullable(z.string()),
  queueDatas: z.array(queueData),
  brokerDatas: z.array(brokerData),
});

/** Where a topic's queues are. */
export type TopicRoute = z.output<typeof routeBody>;
export type QueueData = z.output<typeof queueData>;

/** GET_ROUTEINFO_BY_TOPIC, from a name server. Refused with TOPIC_NOT_EXIST if no registered broker has it. */
export async function topicRoute(
  client: RemotingClient,
  nameServer: string,
  topic: string,
  options?: RequestOptions,
): Promise<TopicRoute> {
  const command = {
    code: requestCodes.GET_ROUTEINFO_BY_TOPIC,
    fields: { topic, acceptStandardJsonOnly: true },
  };
  return bodyOf(await ask(client, nameServer, command, options), routeBody);
}

export interface TopicSettings {
  readonly topic: string;
  /** Default 8. */
  readonly readQueueNums?: number;
  /** Default 8. */
  readonly writeQueueNums?: number;
  /** Default read and write (6); see `permissions`. */
  readonly perm?: number;
  readonly order?: boolean;
  /** Default `SINGLE_TAG` (TopicFilterType.java). */
  readonly topicFilterType?: string;
  /** Default 0 (TopicSysFlag.java). */
  readonly topicSysFlag?: number;
  /** Such as `{ "message.type": "FIFO" }`; an attribute cannot be changed once the topic exists. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/**
 * Creates a topic at one broker (UPDATE_AND_CREATE_TOPIC). One that it has already gets every setting anew, what is left out RocketMQ's
 * default; its attributes alone stay (TopicConfigManager.updateTopicConfig). `changeTopic` keeps the others too. Ask every master
 * of the cluster.
 */
export async function createTopic(
  client: RemotingClient,
  broker: string,
  settings: TopicSettings,
  options?: RequestOptions,
): Promise<void> {
  const fields = {
    topic: settings.topic,
    defaultTopic: "TBW102",
    readQueueNums: settings.readQueueNums ?? 8,
    writeQueueNums: settings.writeQueueNums ?? 8,
    perm: settings.perm ?? permissions.read + permissions.write,
    topicFilterType: settings.topicFilterType ?? "SINGLE_TAG",
    topicSysFlag: settings.topicSysFlag ?? 0,
    order: settings.order ?? false,
    attributes: attributeChange(settings.attributes ?? {}),
  };
  await ask(client, broker, { code: requestCodes.UPDATE_AND_CREATE_TOPIC, fields }, options);
}

// AttributeParser.java: "+key=value" adds, joined by commas.
function attributeChange(attributes: Readonly<Record<string, string>>): string | undefined {
  const entries = Object.entries(attributes);
  return entries.length === 0 ? undefined : entries.map(([key, value]) => `+${key}=${value}`).join(",");
}

/** What can be changed of a topic that exists. */
export type TopicChange = Partial<Pick<TopicConfig, "readQueueNums" | "writeQueueNums" | "perm" | "order">>;

/** Changes the named settings of a topic at the broker whose record of it was just read; the others stay as that has them. */
export async function changeTopic(
  client: RemotingClient,
  broker: string,
  record: TopicConfig,
  change: TopicChange,
  options?: RequestOptions,
): Promise<void> {
  // Attributes stay where none are named, and most may not be named again (AttributeUtil.alterCurrentAttributes).
  const { topicName: topic, attributes: _, ...settings } = record;
  await createTopic(client, broker, { topic, ...settings, ...change }, options);
}

/** Deletes a topic, with its messages, at one broker (DELETE_TOPIC_IN_BROKER). Succeeds if there is none. */
export async function deleteTopic(
  client: RemotingClient,
  broker: string,
  topic: string,
  options?: RequestOptions,
): Promise<void> {
  await ask(client, broker, { code: requestCodes.DELETE_TOPIC_IN_BROKER, fields: { topic } }, options);
}

/** Makes a name server forget a topic's route (DELETE_TOPIC_IN_NAMESRV), in one cluster or in all. */
export async function deleteTopicRoute(
  client: RemotingClient,
  nameServer: string,
  target: { readonly topic: string; readonly clusterName?: string },
  options?: RequestOptions,
): Promise<void> {
  const fields = { topic: target.topic, clusterName: target.clusterName };
  await ask(client, nameServer, { code: requestCodes.DELETE_TOPIC_IN_NAMESRV, fields }, options);
}

const topicListBody = z.object({ topicList: z.array(z.string()) });

/** Every topic a name server has a route for, RocketMQ's own included (GET_ALL_TOPIC_LIST_FROM_NAMESERVER). */
export async function topicList(
  client: RemotingClient,
  nameServer: string,
  options?: RequestOptions,
): Promise<readonly string[]> {
  const answer = await ask(
    client,
    nameServer,
    { code: requestCodes.GET_ALL_TOPIC_LIST_FROM_NAMESERVER },
    options,
  );
  return bodyOf(answer, topicListBody).topicList.toSorted();
}

const topicConfig = z.object({
  topicName: z.string(),
  readQueueNums: z.number().int(),
  writeQueueNums: z.number().int(),
  perm: z.number().int(),
  topicFilterType: z.string(),
  topicSysFlag: z.number().int(),
  order: z.boolean(),
  attributes: nullable(z.record(z.string(), z.string())),
});

export type TopicConfig = z.output<typeof topicConfig>;

const topicConfigsBody = z.object({ topicConfigTable: z.record(z.string(), topicConfig), dataVersion });

/** Every topic of one broker with its settings (GET_ALL_TOPIC_CONFIG); `dataVersion` tells whether they changed. */
export async function topicConfigs(
  client: RemotingClient,
  broker: string,
  options?: RequestOptions,
): Promise<{
  readonly topics: ReadonlyMap<string, TopicConfig>;
  readonly dataVersion: z.output<typeof dataVersion>;
}> {
  const body = bodyOf(
    await ask(client, broker, { code: requestCodes.GET_ALL_TOPIC_CONFIG }, options),
    topicConfigsBody,
  );
  return { topics: new Map(Object.entries(body.topicConfigTable)), dataVersion: body.dataVersion };
}

const topicStatsBody = z.object({
  offsetTable: byObject(
    messageQueue,
    z.object({ minOffset: long, maxOffset: long, lastUpdateTimestamp: long }),
  ),
});

/** The first and next offset of each of a topic's queues at one broker (GET_TOPIC_STATS_INFO). */
export async function topicStats(
  client: RemotingClient,
  broker: string,
  topic: string,
  options?: RequestOptions,
): Promise<readonly TopicQueueStats[]> {
  const answer = await ask(
    client,
    broker,
    { code: requestCodes.GET_TOPIC_STATS_INFO, fields: { topic } },
    options,
  );
  return bodyOf(answer, topicStatsBody).offsetTable.map(([queue, offsets]) => ({ ...queue, ...offsets }));
}

export interface TopicQueueStats {
  readonly topic: string;
  readonly brokerName: string;
  readonly queueId: number;
  readonly minOffset: number;
  readonly maxOffset: number;
  /** When the newest message was stored, in milliseconds since 1970; 0 if there is none. */
  readonly lastUpdateTimestamp: number;
}
