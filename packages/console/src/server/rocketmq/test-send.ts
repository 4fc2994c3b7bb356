import { createUniqueIds, propertyNames, send, topicRoute } from "@hotfire/remoting";
import type { TestSend, TestSendResult } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import type { ClusterAccess } from "./access.ts";

const nextId = createUniqueIds();
const writeBit = 2;

/** One message, as a producer would send it, to a writable queue. */
export async function testSend(
  access: ClusterAccess,
  topic: string,
  message: TestSend,
): Promise<TestSendResult> {
  const { remoting, options } = access;
  const [namesrv] = access.namesrvs;
  if (namesrv === undefined) throw refuse("NO_NAMESRV", {});
  const route = await topicRoute(remoting, namesrv, topic, options);
  const writable = route.queueDatas.filter(
    ({ brokerName, perm, writeQueueNums }) =>
      (message.group === undefined || brokerName === message.group) &&
      (perm & writeBit) !== 0 &&
      writeQueueNums > 0,
  );
  const chosen = writable[Math.floor(Math.random() * writable.length)];
  if (chosen === undefined) {
    throw message.group === undefined
      ? refuse("TOPIC_UNWRITABLE", { topic })
      : refuse("TOPIC_UNWRITABLE_IN_GROUP", { topic, group: message.group });
  }
  const { address, group } = access.writer(chosen.brokerName);
  const messageId = nextId();
  const startedAt = performance.now();
  const result = await send(
    remoting,
    address,
    {
      topic,
      queueId: Math.floor(Math.random() * chosen.writeQueueNums),
      body: Buffer.from(message.body),
      properties: {
        ...message.properties,
        [propertyNames.uniqueKey]: messageId,
        ...(message.tags ? { [propertyNames.tags]: message.tags } : {}),
        ...(message.keys ? { [propertyNames.keys]: message.keys } : {}),
      },
      producerGroup: "hotfire-console",
    },
    options,
  );
  return {
    status: result.status,
    messageId,
    offsetMessageId: result.offsetMessageId,
    group,
    queueId: result.queueId,
    queueOffset: result.queueOffset,
    tookMs: Math.round((performance.now() - startedAt) * 10) / 10,
  };
}
