import { messageOf } from "@hotfire/base";
import {
  consumerGroups,
  type MessageProperties,
  propertyNames,
  send,
  topicConfigs,
  topicStats,
} from "@hotfire/remoting";
import type { DlqList, DlqResend, DlqResendResult, MessageSearch } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import { type ClusterAccess, checkConfirmed } from "./access.ts";
import { groupClients } from "./consumer-clients.ts";
import { detail, findMessage, newestBetween, searchByTime } from "./messages.ts";
import { type Consuming, consumingOf, originOf, retryTopicOf } from "./retry-topic.ts";

const prefix = "%DLQ%";
/** What brokers put there (MessageConst.java): wrong on a message that is sent anew. */
const brokersProperties: ReadonlySet<string> = new Set([
  "MIN_OFFSET",
  "MAX_OFFSET",
  "REAL_TOPIC",
  "REAL_QID",
  "DELAY",
  "CLUSTER",
  "RECONSUME_TIME",
  "MAX_RECONSUME_TIMES",
  "DLQ_ORIGIN_TOPIC",
  "DLQ_ORIGIN_MESSAGE_ID",
  "1ST_POP_TIME",
  "POP_CK",
]);
const exportLimit = 10_000;

export async function listDeadLetters(access: ClusterAccess): Promise<DlqList> {
  const { remoting, options } = access;
  const { answers } = await access.askGroups(async ({ address }) => {
    const { topics } = await topicConfigs(remoting, address, options);
    const names = [...topics.keys()].filter((name) => name.startsWith(prefix));
    return Promise.all(
      names.map(async (name) => {
        const queues = await topicStats(remoting, address, name, options);
        return {
          name,
          messages: queues.reduce((sum, { minOffset, maxOffset }) => sum + maxOffset - minOffset, 0),
        };
      }),
    );
  });
  const counts = new Map<string, number>();
  for (const { name, messages } of answers.flatMap(({ value }) => value)) {
    counts.set(name, (counts.get(name) ?? 0) + messages);
  }
  return {
    at: Date.now(),
    queues: [...counts]
      .map(([topic, messages]) => ({ consumer: topic.slice(prefix.length), topic, messages }))
      .sort((a, b) => (a.topic < b.topic ? -1 : 1)),
  };
}

export function deadLetters(access: ClusterAccess, consumer: string, limit: number): Promise<MessageSearch> {
  return searchByTime(access, { topic: prefix + consumer, from: 0, to: Number.MAX_SAFE_INTEGER, limit });
}

/** The newest dead letters of each queue, whole, one JSON object a line. */
export async function exportDeadLetters(access: ClusterAccess, consumer: string): Promise<string> {
  const range = { topic: prefix + consumer, from: 0, to: Number.MAX_SAFE_INTEGER, limit: exportLimit };
  const { found } = await newestBetween(access, range);
  return found
    .map((one) => {
      const whole = { ...detail(one), bodyBase64: one.message.body.toString("base64"), bodyTruncated: false };
      return `${JSON.stringify(whole)}\n`;
    })
    .join("");
}

/** Back to the group alone, through the retry topic that it reads: the original topic would give it to every other group as well. */
export async function resendDeadLetters(
  access: ClusterAccess,
  consumer: string,
  { messageIds, confirm }: DlqResend,
): Promise<DlqResendResult> {
  checkConfirmed(consumer, confirm);
  const { sources } = access.sources();
  const consuming = consumingOf(consumer, await groupClients(access, sources, consumer));
  const results: DlqResendResult["results"] = [];
  for (const messageId of messageIds) {
    try {
      results.push({ messageId, ok: true, topic: await resendOne(access, consumer, messageId, consuming) });
    } catch (error) {
      results.push({ messageId, ok: false, message: messageOf(error) });
    }
  }
  return { results };
}

async function resendOne(
  access: ClusterAccess,
  consumer: string,
  messageId: string,
  consuming: Consuming,
): Promise<string> {
  const { remoting, options } = access;
  const { message, source } = await findMessage(access, prefix + consumer, messageId);
  const { address, group } = access.writer(source.group);
  const origin = originOf(consumer, message);
  if (origin === undefined) {
    throw refuse("MESSAGE_WITHOUT_ORIGIN", { id: messageId });
  }
  const [{ topics }, groups] = await Promise.all([
    topicConfigs(remoting, address, options),
    consumerGroups(remoting, address, options),
  ]);
  const topic = retryTopicOf({
    group: consumer,
    origin,
    message,
    consuming,
    isOrderly: groups.get(consumer)?.consumeMessageOrderly ?? false,
    isV2: access.configOf(group)?.get("enableRetryTopicV2") === "true",
    hasTopic: (name) => topics.has(name),
  });
  const kept = Object.entries(message.properties).filter(([name]) => !brokersProperties.has(name));
  const properties: MessageProperties = { ...Object.fromEntries(kept), [propertyNames.retryTopic]: origin };
  const result = await send(
    remoting,
    address,
    { topic, queueId: 0, body: message.body, properties, producerGroup: "hotfire-console" },
    options,
  );
  if (result.status !== "stored") throw refuse("STORED_BUT", { status: result.status });
  return topic;
}
