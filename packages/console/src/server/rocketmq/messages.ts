import {
  consumeMessageDirectly,
  consumerConnections,
  consumerOffset,
  decodeMessageId,
  propertyNames,
  pull,
  queryMessages,
  RemotingError,
  type StoredMessage,
  searchOffset,
  topicConsumers,
  topicStats,
  viewMessage,
} from "@hotfire/remoting";
import type { z } from "zod";
import type {
  MessageConsumption,
  MessageDetail,
  MessageSearch,
  MessageSummary,
  messageSearchQuery,
  Resend,
  ResendResult,
} from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import type { ClusterAccess, Source } from "./access.ts";
import { groupClients, mayHideClients } from "./consumer-clients.ts";

const longestBody = 256 * 1024;
const queuesAtOnce = 8;

export interface FoundMessage {
  readonly message: StoredMessage;
  readonly source: Source;
}

export function summary({ message, source }: FoundMessage): MessageSummary {
  return {
    topic: message.topic,
    messageId: message.uniqueKey ?? message.offsetMessageId,
    offsetMessageId: message.offsetMessageId,
    group: source.group,
    queueId: message.queueId,
    queueOffset: message.queueOffset,
    tags: message.properties[propertyNames.tags] ?? null,
    keys: message.properties[propertyNames.keys] ?? null,
    bornAt: message.bornTimestamp,
    storedAt: message.storeTimestamp,
    bodyBytes: message.body.length,
  };
}

export function detail(found: FoundMessage): MessageDetail {
  const { message } = found;
  return {
    ...summary(found),
    bornHost: message.bornHost,
    storeHost: message.storeHost,
    reconsumeTimes: message.reconsumeTimes,
    properties: { ...message.properties },
    bodyBase64: message.body.subarray(0, longestBody).toString("base64"),
    bodyTruncated: message.body.length > longestBody,
  };
}

/** By the producer's unique id, or by the broker's. @throws ConsoleError NOT_FOUND */
export async function findMessage(access: ClusterAccess, topic: string, id: string): Promise<FoundMessage> {
  const { remoting, options } = access;
  const query = { topic, key: id, by: "unique-key" } as const;
  const { answers } = await access.askGroups(({ address }) =>
    queryMessages(remoting, address, query, options),
  );
  for (const { source, value } of answers) {
    const newest = value.toSorted((a, b) => b.storeTimestamp - a.storeTimestamp)[0];
    if (newest !== undefined) return { message: newest, source };
  }
  const found = await findByOffsetId(access, id);
  if (found !== undefined && found.message.topic === topic) return found;
  throw refuse("MESSAGE_UNKNOWN", { id, topic });
}

async function findByOffsetId(access: ClusterAccess, id: string): Promise<FoundMessage | undefined> {
  let named: ReturnType<typeof decodeMessageId>;
  try {
    named = decodeMessageId(id);
  } catch (error) {
    if (error instanceof RemotingError && error.code === "MESSAGE_ID_INVALID") return undefined;
    throw error;
  }
  // An id may name any address; only brokers of this cluster are asked.
  const broker = access.watch.brokers.find(({ address }) => address === named.address);
  if (broker === undefined) return undefined;
  const { sources } = access.sources([broker.brokerName]);
  for (const source of sources) {
    try {
      const message = await viewMessage(
        access.remoting,
        source.address,
        named.commitLogOffset,
        access.options,
      );
      return { message, source };
    } catch (error) {
      if (!(error instanceof RemotingError) || error.code !== "RESPONSE_REFUSED") throw error;
    }
  }
  return undefined;
}

export function searchMessages(
  access: ClusterAccess,
  query: z.output<typeof messageSearchQuery>,
): Promise<MessageSearch> {
  const { topic, key, from, to, limit } = query;
  if (key !== undefined) {
    if (from !== undefined || to !== undefined) {
      throw refuse("KEY_AND_TIME", {});
    }
    return searchByKey(access, topic, key, limit);
  }
  return searchByTime(access, { topic, from: from ?? 0, to: to ?? Date.now(), limit });
}

async function searchByKey(
  access: ClusterAccess,
  topic: string,
  key: string,
  limit: number,
): Promise<MessageSearch> {
  const query = { topic, key, maxMessages: limit + 1 };
  const { answers, missing } = await access.askGroups(({ address }) =>
    queryMessages(access.remoting, address, query, access.options),
  );
  const found = answers.flatMap(({ source, value }) => value.map((message) => ({ message, source })));
  return newestFirst(found, limit, missing);
}

export async function searchByTime(
  access: ClusterAccess,
  range: { readonly topic: string; readonly from: number; readonly to: number; readonly limit: number },
): Promise<MessageSearch> {
  const { found, missing } = await newestBetween(access, range);
  return newestFirst(found, range.limit, missing);
}

function newestFirst(
  found: readonly FoundMessage[],
  limit: number,
  missing: MessageSearch["missing"] | readonly MessageSearch["missing"][number][],
): MessageSearch {
  const messages = found
    .map(summary)
    .sort((a, b) => b.storedAt - a.storedAt || b.queueOffset - a.queueOffset);
  return { messages: messages.slice(0, limit), more: messages.length > limit, missing: [...missing] };
}

/** The newest `limit + 1` of each queue at most: enough to know the newest of all, and whether there are more. */
export async function newestBetween(
  access: ClusterAccess,
  range: { readonly topic: string; readonly from: number; readonly to: number; readonly limit: number },
): Promise<{ found: FoundMessage[]; missing: readonly MessageSearch["missing"][number][] }> {
  const { remoting, options } = access;
  const { answers, missing } = await access.askGroups(async (source) => {
    const queues = await topicStats(remoting, source.address, range.topic, options);
    const filled = queues.filter(
      ({ minOffset, maxOffset, lastUpdateTimestamp }) =>
        maxOffset > minOffset && (lastUpdateTimestamp === 0 || lastUpdateTimestamp >= range.from),
    );
    const found: FoundMessage[] = [];
    for (let at = 0; at < filled.length; at += queuesAtOnce) {
      const part = await Promise.all(
        filled.slice(at, at + queuesAtOnce).map((queue) => newestOfQueue(access, source, queue, range)),
      );
      found.push(...part.flat());
    }
    return found;
  });
  return { found: answers.flatMap(({ value }) => value), missing };
}

async function newestOfQueue(
  access: ClusterAccess,
  source: Source,
  queue: { readonly queueId: number; readonly minOffset: number; readonly maxOffset: number },
  range: { readonly topic: string; readonly from: number; readonly to: number; readonly limit: number },
): Promise<FoundMessage[]> {
  const { remoting, options } = access;
  const { topic, from, to, limit } = range;
  const { queueId } = queue;
  const offsetAt = (timestamp: number) =>
    searchOffset(remoting, source.address, { topic, queueId, timestamp }, options);
  const begin = from <= 0 ? queue.minOffset : await offsetAt(from);
  const end = to >= Date.now() ? queue.maxOffset : Math.min(queue.maxOffset, await offsetAt(to + 1));
  const found: FoundMessage[] = [];
  let offset = Math.max(begin, queue.minOffset, end - limit - 1);
  while (offset < end) {
    const query = { topic, queueId, offset, maxMessages: Math.min(32, end - offset) };
    const { messages, nextOffset } = await pull(remoting, source.address, query, options);
    for (const message of messages) {
      const isWanted =
        message.storeTimestamp >= from && message.storeTimestamp <= to && message.queueOffset < end;
      if (isWanted) found.push({ message, source });
    }
    if (nextOffset <= offset) break;
    offset = nextOffset;
  }
  return found;
}

/** How the topic's consumer groups stand to a message. */
export async function messageConsumption(
  access: ClusterAccess,
  { message, source }: FoundMessage,
): Promise<MessageConsumption> {
  const { remoting, options } = access;
  const names = await topicConsumers(remoting, source.address, message.topic, options);
  const consumers = await Promise.all(
    names.map(async (consumer): Promise<MessageConsumption["consumers"][number]> => {
      const queue = { consumerGroup: consumer, topic: message.topic, queueId: message.queueId };
      const [offset, clients] = await Promise.all([
        consumerOffset(remoting, source.address, queue, options),
        groupClients(access, [source], consumer),
      ]);
      const [connections] = [...clients.atBrokers, ...clients.atProxies];
      const through = clients.atBrokers.length === 0 && clients.atProxies.length > 0;
      const isOffline = connections === undefined && !mayHideClients(clients);
      if (connections?.messageModel === "BROADCASTING") {
        return { consumer, state: "unknown", detail: "broadcast: each client keeps its own offset" };
      }
      const subscription = connections?.subscriptionTable.find(
        ({ topic }) => topic === message.topic,
      )?.subString;
      if (isFiltered(message, subscription)) {
        return { consumer, state: "filtered", detail: `subscribed to ${subscription}` };
      }
      if (offset === undefined) {
        return { consumer, state: isOffline ? "offline" : "unknown" };
      }
      const at =
        `the group is at offset ${offset} of the queue, the message has ${message.queueOffset}` +
        (through ? "; its clients are connected through a proxy" : "");
      if (offset > message.queueOffset) return { consumer, state: "consumed", detail: at };
      return { consumer, state: isOffline ? "offline" : "not-yet", detail: at };
    }),
  );
  return { consumers };
}

function isFiltered(message: StoredMessage, expression: string | undefined): boolean {
  if (expression === undefined || expression === "" || expression === "*") return false;
  // An SQL expression is not judged here.
  if (!/^[\w|%-]+(\s*\|\|\s*[\w|%-]+)*$/.test(expression.trim())) return false;
  const tags = expression.split("||").map((tag) => tag.trim());
  return !tags.includes(message.properties[propertyNames.tags] ?? "");
}

export async function resendMessage(
  access: ClusterAccess,
  { message, source }: FoundMessage,
  { consumer, clientId }: Resend,
): Promise<ResendResult> {
  const { remoting, options } = access;
  const connections = await consumerConnections(remoting, source.address, consumer, options);
  const chosen = clientId ?? connections?.connectionSet[0]?.clientId;
  if (chosen === undefined) {
    const { atProxies } = await groupClients(access, [source], consumer);
    if (atProxies.length > 0) {
      throw refuse("CLIENTS_BEHIND_PROXY", { consumer });
    }
    throw refuse("NO_CLIENT", { consumer, group: source.group });
  }
  const query = {
    consumerGroup: consumer,
    clientId: chosen,
    topic: message.topic,
    offsetMessageId: message.offsetMessageId,
  };
  const result = await consumeMessageDirectly(remoting, source.address, query, { deadlineMs: 15_000 });
  return { clientId: chosen, result: result.result, remark: result.remark ?? null, tookMs: result.spentMs };
}
