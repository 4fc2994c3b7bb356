import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { ask, bodyOf } from "./exchange.ts";
import { dataVersion, long, nullable } from "./wire-types.ts";

// Loose: a change writes the whole record back, what no version of ours knows included (groupRetryPolicy, subscriptionDataSet).
const groupConfig = z.looseObject({
  groupName: z.string(),
  consumeEnable: z.boolean(),
  consumeFromMinEnable: z.boolean(),
  consumeBroadcastEnable: z.boolean(),
  consumeMessageOrderly: z.boolean(),
  retryQueueNums: z.number().int(),
  retryMaxTimes: z.number().int(),
  brokerId: long,
  whichBrokerWhenConsumeSlowly: long,
  notifyConsumerIdsChangedEnable: z.boolean(),
  groupSysFlag: z.number().int(),
  consumeTimeoutMinute: z.number().int(),
  attributes: nullable(z.record(z.string(), z.string())),
});

/** A consumer group's settings at one broker (SubscriptionGroupConfig.java). */
export type ConsumerGroupConfig = z.output<typeof groupConfig>;

const groupsBody = z.object({ subscriptionGroupTable: z.record(z.string(), groupConfig), dataVersion });

/** Every consumer group of one broker, RocketMQ's own included (GET_ALL_SUBSCRIPTIONGROUP_CONFIG). */
export async function consumerGroups(
  client: RemotingClient,
  broker: string,
  options?: RequestOptions,
): Promise<ReadonlyMap<string, ConsumerGroupConfig>> {
  const answer = await ask(client, broker, { code: requestCodes.GET_ALL_SUBSCRIPTIONGROUP_CONFIG }, options);
  return new Map(Object.entries(bodyOf(answer, groupsBody).subscriptionGroupTable));
}

export interface ConsumerGroupSettings {
  readonly groupName: string;
  /** Default true. */
  readonly consumeEnable?: boolean;
  /** Default false. */
  readonly consumeMessageOrderly?: boolean;
  /** Default true. */
  readonly consumeBroadcastEnable?: boolean;
  /** Default 1. */
  readonly retryQueueNums?: number;
  /** Default 16. */
  readonly retryMaxTimes?: number;
}

/**
 * Creates a consumer group at one broker. One that it has already is replaced, what is left out gets RocketMQ's default:
 * `changeConsumerGroup` keeps it.
 */
export async function createConsumerGroup(
  client: RemotingClient,
  broker: string,
  settings: ConsumerGroupSettings,
  options?: RequestOptions,
): Promise<void> {
  const body = Buffer.from(JSON.stringify(settings));
  await ask(client, broker, { code: requestCodes.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP, body }, options);
}

/** What can be changed of a consumer group that exists. */
export type ConsumerGroupChange = Partial<
  Pick<
    ConsumerGroupConfig,
    | "consumeEnable"
    | "consumeBroadcastEnable"
    | "consumeMessageOrderly"
    | "retryQueueNums"
    | "retryMaxTimes"
    | "consumeTimeoutMinute"
  >
>;

/**
 * Changes the named settings of a consumer group at the broker whose record of it was just read. The broker replaces the whole
 * record (SubscriptionGroupManager.updateSubscriptionGroupConfig), so all of it is sent, except attributes: these the broker
 * keeps by itself, and refuses by their plain names.
 */
export async function changeConsumerGroup(
  client: RemotingClient,
  broker: string,
  record: ConsumerGroupConfig,
  change: ConsumerGroupChange,
  options?: RequestOptions,
): Promise<void> {
  const { attributes: _, ...settings } = record;
  const body = Buffer.from(JSON.stringify({ ...settings, ...change }));
  await ask(client, broker, { code: requestCodes.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP, body }, options);
}

/** Deletes a consumer group at one broker, and where it was in its queues unless `keepOffsets`. */
export async function deleteConsumerGroup(
  client: RemotingClient,
  broker: string,
  target: { readonly groupName: string; readonly keepOffsets?: boolean },
  options?: RequestOptions,
): Promise<void> {
  const fields = { groupName: target.groupName, cleanOffset: !(target.keepOffsets ?? false) };
  await ask(client, broker, { code: requestCodes.DELETE_SUBSCRIPTIONGROUP, fields }, options);
}

const groupListBody = z.object({ groupList: z.array(z.string()) });

/** The groups that consume a topic at one broker, now or by a stored offset (QUERY_TOPIC_CONSUME_BY_WHO). */
export async function topicConsumers(
  client: RemotingClient,
  broker: string,
  topic: string,
  options?: RequestOptions,
): Promise<readonly string[]> {
  const command = { code: requestCodes.QUERY_TOPIC_CONSUME_BY_WHO, fields: { topic } };
  return bodyOf(await ask(client, broker, command, options), groupListBody).groupList.toSorted();
}

const topicListBody = z.object({ topicList: z.array(z.string()) });

/** The topics in which a group has an offset at one broker (QUERY_TOPICS_BY_CONSUMER). */
export async function consumedTopics(
  client: RemotingClient,
  broker: string,
  consumerGroup: string,
  options?: RequestOptions,
): Promise<readonly string[]> {
  const command = { code: requestCodes.QUERY_TOPICS_BY_CONSUMER, fields: { group: consumerGroup } };
  return bodyOf(await ask(client, broker, command, options), topicListBody).topicList.toSorted();
}
