import {
  type ConsumerConnections,
  type ConsumerGroupChange,
  type ConsumerGroupConfig,
  type ConsumeStats,
  changeConsumerGroup,
  consumerConnections,
  consumerGroups,
  consumerRunningInfo,
  consumeStats,
  createConsumerGroup,
  deleteConsumerGroup,
  RemotingError,
} from "@hotfire/remoting";
import type { z } from "zod";
import type {
  ChangeResult,
  ConsumerDetail,
  ConsumerList,
  ConsumerProgress,
  ConsumerRow,
  ConsumerStack,
  changeConsumerSchema,
  createConsumerSchema,
} from "../../api/index.ts";
import { ConsoleError } from "../console-error.ts";
import { type ClusterAccess, checkConfirmed, type Source } from "./access.ts";
import { changeRecords } from "./change-records.ts";

/** MixAll's groups for tools and monitoring; the rest have a prefix. */
const systemGroups: ReadonlySet<string> = new Set([
  "TOOLS_CONSUMER",
  "FILTERSRV_CONSUMER",
  "SELF_TEST_C_GROUP",
  "__MONITOR_CONSUMER",
  "CID_ONSAPI_OWNER",
  "CID_ONSAPI_PERMISSION",
  "CID_ONSAPI_PULL",
  "CID_ONS-HTTP-PROXY",
]);

function kindOf(config: ConsumerGroupConfig): ConsumerRow["kind"] {
  const { groupName } = config;
  if (systemGroups.has(groupName) || /^(CID_RMQ_SYS_|CID_SYS_|rmq_sys_)/i.test(groupName)) return "system";
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

export async function consumerProgress(
  access: ClusterAccess,
  names: readonly string[],
): Promise<ConsumerProgress> {
  if (names.length > progressLimit) {
    throw new ConsoleError("INVALID_REQUEST", `${names.length} groups at once; ${progressLimit} at most.`);
  }
  const { answers } = await access.askGroups((source) =>
    Promise.all(names.map(async (name) => ({ name, ...(await progressAt(access, source, name)) }))),
  );
  return {
    at: Date.now(),
    consumers: names.map((name) => {
      const parts = answers.flatMap(({ value }) => value.filter((part) => part.name === name));
      const stats = parts.flatMap((part) => part.stats ?? []);
      const clients = new Set(
        parts.flatMap((part) => part.connections?.connectionSet.map(({ clientId }) => clientId) ?? []),
      );
      const queues = stats.flatMap((part) => part.queues);
      return {
        name,
        clients: clients.size,
        lag: queues.length === 0 ? null : lagOf(queues),
        tps: stats.reduce((sum, { consumeTps }) => sum + consumeTps, 0),
      };
    }),
  };
}

interface ProgressAt {
  readonly stats: ConsumeStats | undefined;
  readonly connections: ConsumerConnections | undefined;
}

async function progressAt(access: ClusterAccess, source: Source, name: string): Promise<ProgressAt> {
  const { remoting, options } = access;
  const [stats, connections] = await Promise.all([
    // A broker refuses for a group that never stored an offset.
    unlessRefused(consumeStats(remoting, source.address, { consumerGroup: name }, options)),
    unlessRefused(consumerConnections(remoting, source.address, name, options)),
  ]);
  return { stats, connections };
}

async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RemotingError && error.code === "RESPONSE_REFUSED") return undefined;
    throw error;
  }
}

function lagOf(queues: readonly { brokerOffset: number; consumerOffset: number }[]): number {
  return queues.reduce((sum, queue) => sum + Math.max(0, queue.brokerOffset - queue.consumerOffset), 0);
}

export async function consumerDetail(access: ClusterAccess, name: string): Promise<ConsumerDetail> {
  const { remoting, options } = access;
  const { answers, missing } = await access.askGroups(async (source) => ({
    config: (await consumerGroups(remoting, source.address, options)).get(name),
    ...(await progressAt(access, source, name)),
  }));
  const configs = answers.flatMap(({ source, value: { config } }) =>
    config === undefined ? [] : [{ group: source.group, config }],
  );
  if (configs.length === 0 && answers.every(({ value }) => value.connections === undefined)) {
    throw new ConsoleError("NOT_FOUND", `There is no consumer group ${name} at any broker that answers.`);
  }
  const connections = answers.flatMap(({ value }) => value.connections ?? []);
  const clients = new Map(
    connections.flatMap(({ connectionSet }) => connectionSet.map((one) => [one.clientId, one])),
  );
  const owners = await queueOwners(
    access,
    name,
    answers.map(({ source }) => source),
    [...clients.keys()],
  );
  const queues = answers.flatMap(({ value }) => value.stats?.queues ?? []);
  const [first] = connections;
  const subscriptions = new Map(
    connections.flatMap(({ subscriptionTable }) =>
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
    connections: [...clients.values()].map(({ clientId, clientAddr, language, version }) => ({
      clientId,
      address: clientAddr,
      language: language ?? "unknown",
      version: String(version),
    })),
    consumption:
      first === undefined
        ? null
        : {
            type: first.consumeType ?? "unknown",
            model: first.messageModel ?? "unknown",
            from: first.consumeFromWhere ?? "unknown",
          },
    subscriptions: [...subscriptions].map(([topic, expression]) => ({ topic, expression })),
    configs: configs.map(({ group, config }) => ({ group, ...settingsOf(config) })),
    missing: [...missing],
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

/** Asks brokers until one has the client. @throws what the last one refused with */
export async function consumerStack(
  access: ClusterAccess,
  consumerGroup: string,
  clientId: string,
): Promise<ConsumerStack> {
  const { sources } = access.sources();
  let refusal: unknown = new ConsoleError("UNREACHABLE", "No broker answers.");
  for (const { address } of sources) {
    try {
      const query = { consumerGroup, clientId, jstack: true };
      const info = await consumerRunningInfo(access.remoting, address, query, { deadlineMs: 10_000 });
      return {
        clientId,
        properties: { ...info.properties },
        queues: info.queues.map(({ topic, brokerName, queueId, cachedMsgCount }) => ({
          topic,
          group: brokerName,
          queueId,
          cached: cachedMsgCount,
        })),
        stack: info.jstack ?? null,
      };
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

export async function createConsumerAt(
  access: ClusterAccess,
  settings: z.output<typeof createConsumerSchema>,
): Promise<ChangeResult> {
  const { consumers } = await listConsumers(access);
  if (consumers.some(({ name }) => name === settings.name)) {
    throw new ConsoleError("INVALID_REQUEST", `There is a consumer group ${settings.name} already.`, {
      hint: "Change it instead.",
    });
  }
  return access.changeAt(
    access.writers(settings.groups),
    ({ group }) => group,
    ({ address }) =>
      createConsumerGroup(
        access.remoting,
        address,
        {
          groupName: settings.name,
          consumeEnable: settings.consumeEnabled,
          consumeBroadcastEnable: settings.consumeBroadcastEnabled,
          consumeMessageOrderly: settings.orderly,
          retryQueueNums: settings.retryQueues,
          retryMaxTimes: settings.retryMaxTimes,
        },
        access.options,
      ),
  );
}

/** Where it is: a broker group without the consumer group does not get it by this. */
export function changeConsumerAt(
  access: ClusterAccess,
  name: string,
  { change, groups, expected }: z.output<typeof changeConsumerSchema>,
): Promise<ChangeResult> {
  const { remoting, options } = access;
  const { consumeEnabled, consumeBroadcastEnabled, orderly } = change;
  const { retryQueues, retryMaxTimes, consumeTimeoutMinutes } = change;
  const settings: ConsumerGroupChange = {
    ...(consumeEnabled === undefined ? {} : { consumeEnable: consumeEnabled }),
    ...(consumeBroadcastEnabled === undefined ? {} : { consumeBroadcastEnable: consumeBroadcastEnabled }),
    ...(orderly === undefined ? {} : { consumeMessageOrderly: orderly }),
    ...(retryQueues === undefined ? {} : { retryQueueNums: retryQueues }),
    ...(retryMaxTimes === undefined ? {} : { retryMaxTimes }),
    ...(consumeTimeoutMinutes === undefined ? {} : { consumeTimeoutMinute: consumeTimeoutMinutes }),
  };
  return changeRecords(access, {
    what: `consumer group ${name}`,
    groups,
    expected,
    read: async ({ address }) => (await consumerGroups(remoting, address, options)).get(name),
    shown: settingsOf,
    write: ({ address }, record) => changeConsumerGroup(remoting, address, record, settings, options),
  });
}

function settingsOf(config: ConsumerGroupConfig): Omit<ConsumerDetail["configs"][number], "group"> {
  return {
    consumeEnabled: config.consumeEnable,
    consumeBroadcastEnabled: config.consumeBroadcastEnable,
    orderly: config.consumeMessageOrderly,
    retryQueues: config.retryQueueNums,
    retryMaxTimes: config.retryMaxTimes,
    consumeTimeoutMinutes: config.consumeTimeoutMinute,
  };
}

export function deleteConsumerAt(
  access: ClusterAccess,
  name: string,
  confirm: string,
): Promise<ChangeResult> {
  checkConfirmed(name, confirm);
  return access.changeAt(
    access.writers(),
    ({ group }) => group,
    ({ address }) => deleteConsumerGroup(access.remoting, address, { groupName: name }, access.options),
  );
}
