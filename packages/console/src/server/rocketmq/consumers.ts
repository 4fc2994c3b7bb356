import {
  type ConsumerGroupConfig,
  type ConsumeStats,
  consumerGroups,
  consumerRunningInfo,
  consumeStats,
  RemotingError,
} from "@hotfire/remoting";
import type { ConsumerDetail, ConsumerList, ConsumerProgress, ConsumerRow } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import type { ClusterAccess, Source } from "./access.ts";
import { groupClients, mayHideClients } from "./consumer-clients.ts";
import { lagOf } from "./lag.ts";
import { isSystemGroup } from "./system-groups.ts";

function kindOf(config: ConsumerGroupConfig): ConsumerRow["kind"] {
  if (isSystemGroup(config.groupName)) return "system";
  return config.consumeMessageOrderly ? "fifo" : "normal";
}

/** Every consumer group of every broker group; how far they are is asked for by name. */
export async function listConsumers(access: ClusterAccess): Promise<ConsumerList> {
  const { remoting, options } = access;
  const { answers } = await access.askGroups(({ address }) => consumerGroups(remoting, address, options));
  const rows = new Map<string, ConsumerRow>();
  for (const { source, value } of answers) {
    for (const [name, config] of value) {
      const known = rows.get(name);
      if (known !== undefined) known.groups.push(source.group);
      else {
        rows.set(name, {
          name,
          clients: null,
          proxyClients: null,
          lag: null,
          tps: null,
          kind: kindOf(config),
          groups: [source.group],
          consumeEnabled: config.consumeEnable,
          retryMaxTimes: config.retryMaxTimes,
        });
      }
    }
  }
  return { at: Date.now(), consumers: [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

const progressLimit = 50;

/** Clients and lag of some groups: what costs requests for each, so it is asked for what is on the screen only. */
export async function consumerProgress(
  access: ClusterAccess,
  names: readonly string[],
): Promise<ConsumerProgress> {
  if (names.length > progressLimit) {
    throw refuse("TOO_MANY_CONSUMERS", { count: names.length, limit: progressLimit });
  }
  const { sources } = access.sources();
  const consumers = await Promise.all(
    names.map(async (name) => {
      const [clients, stats] = await Promise.all([
        groupClients(access, sources, name),
        Promise.all(sources.map((source) => statsAt(access, source, name))),
      ]);
      const known = stats.flatMap((part) => part ?? []);
      return {
        name,
        clients: clients.connections.filter(({ via }) => via === null).length,
        proxyClients: mayHideClients(clients)
          ? null
          : clients.connections.filter(({ via }) => via !== null).length,
        lag: lagOf(known.flatMap(({ queues }) => queues)),
        tps: known.reduce((sum, { consumeTps }) => sum + consumeTps, 0),
      };
    }),
  );
  return { at: Date.now(), consumers };
}

/** A broker refuses for a group that never stored an offset. */
async function statsAt(
  { remoting, options }: ClusterAccess,
  { address }: Source,
  consumerGroup: string,
): Promise<ConsumeStats | undefined> {
  try {
    return await consumeStats(remoting, address, { consumerGroup }, options);
  } catch (error) {
    if (error instanceof RemotingError && error.code === "RESPONSE_REFUSED") return undefined;
    throw error;
  }
}

export async function consumerDetail(access: ClusterAccess, name: string): Promise<ConsumerDetail> {
  const { remoting, options } = access;
  const { answers, missing } = await access.askGroups(async (source) => ({
    config: (await consumerGroups(remoting, source.address, options)).get(name),
    stats: await statsAt(access, source, name),
  }));
  const sources = answers.map(({ source }) => source);
  const clients = await groupClients(access, sources, name);
  const configs = answers.flatMap(({ source, value: { config } }) =>
    config === undefined ? [] : [{ group: source.group, config }],
  );
  if (configs.length === 0 && clients.connections.length === 0) {
    throw refuse("CONSUMER_UNKNOWN", { consumer: name });
  }
  const atBrokers = clients.connections.filter(({ via }) => via === null);
  const ids = atBrokers.map(({ clientId }) => clientId);
  const owners = await queueOwners(access, name, sources, ids);
  const queues = answers.flatMap(({ value }) => value.stats?.queues ?? []);
  const all = [...clients.atBrokers, ...clients.atProxies];
  const [first] = all;
  const subscriptions = new Map(
    all.flatMap(({ subscriptionTable }) =>
      subscriptionTable.map(({ topic, subString }) => [topic, subString ?? "*"] as const),
    ),
  );
  return {
    name,
    at: Date.now(),
    tps: answers.reduce((sum, { value }) => sum + (value.stats?.consumeTps ?? 0), 0),
    lag: lagOf(queues),
    queues: queues
      .map(({ topic, brokerName, queueId, brokerOffset, consumerOffset, lastTimestamp }) => ({
        topic,
        group: brokerName,
        queueId,
        brokerOffset,
        consumerOffset,
        lag: Math.max(0, brokerOffset - consumerOffset),
        lastConsumedAt: lastTimestamp > 0 ? lastTimestamp : null,
        client: owners.get(queueKey(topic, brokerName, queueId)) ?? null,
      }))
      .sort(
        (a, b) => a.topic.localeCompare(b.topic) || a.group.localeCompare(b.group) || a.queueId - b.queueId,
      ),
    connections: clients.connections,
    mayHaveHiddenClients: mayHideClients(clients),
    consumption:
      first === undefined
        ? null
        : {
            // A proxy calls its gRPC clients pushed or pulled: they all get their messages by POP.
            type: clients.atBrokers.length === 0 ? "CONSUME_POP" : (first.consumeType ?? "unknown"),
            model: first.messageModel ?? "unknown",
            from: first.consumeFromWhere ?? "unknown",
          },
    subscriptions: [...subscriptions].map(([topic, expression]) => ({ topic, expression })),
    configs: configs.map(({ group, config }) => ({ group, ...settingsOf(config) })),
    missing: [...missing, ...clients.unasked],
  };
}

const askedClients = 20;

/** Which client has which queue, from the clients themselves; those that do not answer leave theirs unknown. */
async function queueOwners(
  access: ClusterAccess,
  consumerGroup: string,
  sources: readonly Source[],
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  await Promise.all(
    clientIds.slice(0, askedClients).map(async (clientId) => {
      for (const { address } of sources) {
        const query = { consumerGroup, clientId };
        const info = await consumerRunningInfo(access.remoting, address, query, { deadlineMs: 1500 }).catch(
          () => undefined,
        );
        if (info === undefined) continue;
        for (const { topic, brokerName, queueId } of info.queues) {
          owners.set(queueKey(topic, brokerName, queueId), clientId);
        }
        return;
      }
    }),
  );
  return owners;
}

function queueKey(topic: string, group: string, queueId: number): string {
  return `${topic}\n${group}\n${queueId}`;
}

export function settingsOf(config: ConsumerGroupConfig): Omit<ConsumerDetail["configs"][number], "group"> {
  return {
    consumeEnabled: config.consumeEnable,
    consumeBroadcastEnabled: config.consumeBroadcastEnable,
    orderly: config.consumeMessageOrderly,
    retryQueues: config.retryQueueNums,
    retryMaxTimes: config.retryMaxTimes,
    consumeTimeoutMinutes: config.consumeTimeoutMinute,
  };
}
