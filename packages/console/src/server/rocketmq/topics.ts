import {
  changeTopic,
  createTopic,
  deleteTopic,
  deleteTopicRoute,
  type TopicChange,
  type TopicConfig,
  topicConfigs,
  topicConsumers,
  topicRoute,
  topicStats,
} from "@hotfire/remoting";
import type { z } from "zod";
import type {
  ChangeResult,
  changeTopicSchema,
  createTopicSchema,
  TopicDetail,
  TopicList,
  TopicRow,
} from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import { type ClusterAccess, checkConfirmed } from "./access.ts";
import { changeRecords } from "./change-records.ts";
import { topicKind } from "./topic-kind.ts";

/** Every topic of every broker group, with light rows. */
export async function listTopics(access: ClusterAccess): Promise<TopicList> {
  const { remoting, options } = access;
  const own = ownNames(access);
  const { answers } = await access.askGroups(({ address }) => topicConfigs(remoting, address, options));
  const rows = new Map<string, TopicRow>();
  for (const { source, value } of answers) {
    for (const [name, config] of value.topics) {
      const known = rows.get(name);
      if (known === undefined) {
        rows.set(name, {
          name,
          kind: topicKind(name, config.attributes, own),
          groups: [source.group],
          readQueues: config.readQueueNums,
          writeQueues: config.writeQueueNums,
          perm: config.perm,
        });
      } else {
        known.groups.push(source.group);
        known.readQueues += config.readQueueNums;
        known.writeQueues += config.writeQueueNums;
        known.perm |= config.perm;
      }
    }
  }
  return { at: Date.now(), topics: [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

export async function topicDetail(access: ClusterAccess, name: string): Promise<TopicDetail> {
  const { remoting, options } = access;
  const { answers, missing } = await access.askGroups(async ({ address }) => {
    const config = (await topicConfigs(remoting, address, options)).topics.get(name);
    if (config === undefined) return undefined;
    const [queues, consumers] = await Promise.all([
      topicStats(remoting, address, name, options),
      topicConsumers(remoting, address, name, options),
    ]);
    return { config, queues, consumers };
  });
  const found = answers.flatMap(({ source, value }) => (value === undefined ? [] : [{ source, ...value }]));
  if (found.length === 0) {
    throw refuse("TOPIC_UNKNOWN", { topic: name });
  }
  return {
    name,
    kind: topicKind(name, found[0]?.config.attributes, ownNames(access)),
    at: Date.now(),
    configs: found.map(({ source, config }) => ({ group: source.group, ...settingsOf(config) })),
    route: await routeOf(access, name),
    queues: found
      .flatMap(({ source, queues }) =>
        queues.map(({ queueId, minOffset, maxOffset, lastUpdateTimestamp }) => ({
          group: source.group,
          queueId,
          minOffset,
          maxOffset,
          lastStoredAt: lastUpdateTimestamp > 0 ? lastUpdateTimestamp : null,
        })),
      )
      .sort((a, b) => a.group.localeCompare(b.group) || a.queueId - b.queueId),
    consumers: [...new Set(found.flatMap(({ consumers }) => consumers))].sort(),
    missing: [...missing],
  };
}

export async function createTopicAt(
  access: ClusterAccess,
  settings: z.output<typeof createTopicSchema>,
): Promise<ChangeResult> {
  const { answers } = await access.askGroups(({ address }) =>
    topicConfigs(access.remoting, address, access.options),
  );
  const groups = settings.groups ?? access.groups;
  const holder = answers.find(
    ({ source, value }) => groups.includes(source.group) && value.topics.has(settings.name),
  );
  if (holder !== undefined) {
    throw refuse("TOPIC_EXISTS", { group: holder.source.group, topic: settings.name });
  }
  const { name, kind } = settings;
  return access.changeAt(
    access.writers(settings.groups),
    ({ group }) => group,
    ({ address }) =>
      createTopic(
        access.remoting,
        address,
        {
          topic: name,
          readQueueNums: settings.readQueues,
          writeQueueNums: settings.writeQueues,
          perm: settings.perm,
          order: settings.order,
          ...(kind === undefined ? {} : { attributes: { "message.type": kind.toUpperCase() } }),
        },
        access.options,
      ),
  );
}

/** Where it is: a broker group without the topic does not get it by this. */
export function changeTopicAt(
  access: ClusterAccess,
  name: string,
  { change, groups, expected }: z.output<typeof changeTopicSchema>,
): Promise<ChangeResult> {
  const { remoting, options } = access;
  const { readQueues, writeQueues, perm, order } = change;
  const settings: TopicChange = {
    ...(readQueues === undefined ? {} : { readQueueNums: readQueues }),
    ...(writeQueues === undefined ? {} : { writeQueueNums: writeQueues }),
    ...(perm === undefined ? {} : { perm }),
    ...(order === undefined ? {} : { order }),
  };
  return changeRecords(access, {
    name,
    groups,
    expected,
    read: async ({ address }) => (await topicConfigs(remoting, address, options)).topics.get(name),
    shown: settingsOf,
    write: ({ address }, record) => changeTopic(remoting, address, record, settings, options),
  });
}

/** At every broker that has it, then at the name servers: the other way round a broker would register it again. */
export async function deleteTopicAt(
  access: ClusterAccess,
  name: string,
  confirm: string,
): Promise<ChangeResult> {
  checkConfirmed(name, confirm);
  const atBrokers = await access.changeAt(
    access.writers(),
    ({ group }) => group,
    ({ address }) => deleteTopic(access.remoting, address, name, access.options),
  );
  const atNamesrvs = await access.changeAt(
    access.watch.namesrvs.map((address) => ({ address })),
    ({ address }) => address,
    ({ address }) => deleteTopicRoute(access.remoting, address, { topic: name }, access.options),
  );
  return { outcomes: [...atBrokers.outcomes, ...atNamesrvs.outcomes] };
}

async function routeOf(access: ClusterAccess, name: string): Promise<TopicDetail["route"]> {
  const [namesrv] = access.namesrvs;
  if (namesrv === undefined) return [];
  // A topic without a route is a topic all the same.
  const route = await topicRoute(access.remoting, namesrv, name, access.options).catch(() => undefined);
  return (route?.queueDatas ?? []).map(({ brokerName, readQueueNums, writeQueueNums, perm }) => {
    const broker = route?.brokerDatas.find((data) => data.brokerName === brokerName);
    return {
      group: brokerName,
      cluster: broker?.cluster ?? "",
      brokers: [...(broker?.brokerAddrs ?? [])].map(([brokerId, address]) => ({ brokerId, address })),
      readQueues: readQueueNums,
      writeQueues: writeQueueNums,
      perm,
    };
  });
}

function settingsOf(config: TopicConfig): Omit<TopicDetail["configs"][number], "group"> {
  return {
    readQueues: config.readQueueNums,
    writeQueues: config.writeQueueNums,
    perm: config.perm,
    order: config.order,
    attributes: { ...config.attributes },
  };
}

function ownNames(access: ClusterAccess): ReadonlySet<string> {
  return new Set(access.watch.brokers.flatMap(({ cluster, brokerName }) => [cluster, brokerName]));
}
