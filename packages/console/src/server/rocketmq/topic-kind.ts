import type { TopicKind } from "../../api/index.ts";

/** TopicValidator.SYSTEM_TOPIC_SET, and what brokers make besides. */
const systemTopics: ReadonlySet<string> = new Set([
  "TBW102",
  "SCHEDULE_TOPIC_XXXX",
  "BenchmarkTest",
  "RMQ_SYS_TRANS_HALF_TOPIC",
  "RMQ_SYS_TRACE_TOPIC",
  "RMQ_SYS_TRANS_OP_HALF_TOPIC",
  "TRANS_CHECK_MAX_TIME_TOPIC",
  "SELF_TEST_TOPIC",
  "OFFSET_MOVED_EVENT",
  "DefaultHeartBeatSyncerTopic",
]);
const systemPrefixes = ["rmq_sys_", "RMQ_SYS_", "CID_RMQ_SYS_", "%SYS%"];

const messageTypes = new Map<string, TopicKind>([
  ["NORMAL", "normal"],
  ["FIFO", "fifo"],
  ["DELAY", "delay"],
  ["TRANSACTION", "transaction"],
  ["UNSPECIFIED", "unspecified"],
]);

/** `own` are the clusters' and broker groups' names: each has a topic. */
export function topicKind(
  name: string,
  attributes: Readonly<Record<string, string>> | undefined,
  own: ReadonlySet<string>,
): TopicKind {
  if (name.startsWith("%RETRY%")) return "retry";
  if (name.startsWith("%DLQ%")) return "dlq";
  const isSystem =
    systemTopics.has(name) ||
    own.has(name) ||
    (name.endsWith("_REPLY_TOPIC") && own.has(name.slice(0, -"_REPLY_TOPIC".length))) ||
    systemPrefixes.some((prefix) => name.startsWith(prefix));
  if (isSystem) return "system";
  return messageTypes.get(attributes?.["message.type"] ?? "NORMAL") ?? "normal";
}
