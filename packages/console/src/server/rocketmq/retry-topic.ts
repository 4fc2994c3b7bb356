import { propertyNames, type StoredMessage } from "@hotfire/remoting";
import { refuse } from "../console-error.ts";
import type { GroupClients } from "./consumer-clients.ts";

const retryPrefix = "%RETRY%";
/** MessageConst.PROPERTY_FIRST_POP_TIME: only a message that came back to a group by POP has it. */
const firstPopTime = "1ST_POP_TIME";

/** How a group gets its messages: that decides which topic it reads what it failed on from. */
export type Consuming = "pull" | "pop" | undefined;

/**
 * By its clients; undefined while none is connected. Clients of a proxy consume by POP, whatever the proxy calls them.
 * @throws ConsoleError where a group reads no retry topic at all
 */
export function consumingOf(group: string, { atBrokers, atProxies }: GroupClients): Consuming {
  const [client] = atBrokers.filter(({ connectionSet }) => connectionSet.length > 0);
  if (client === undefined) return atProxies.length > 0 ? "pop" : undefined;
  if (client.messageModel === "BROADCASTING") throw refuse("BROADCASTS", { consumer: group });
  if (client.consumeType === "CONSUME_ACTIVELY") throw refuse("PULLS_ITSELF", { consumer: group });
  return client.consumeType === "CONSUME_POP" ? "pop" : "pull";
}

/** The topic that a dead letter came from, without the retry topics that it went through. */
export function originOf(group: string, { properties }: StoredMessage): string | undefined {
  const named = properties["DLQ_ORIGIN_TOPIC"] ?? properties[propertyNames.retryTopic];
  const own = [`${retryPrefix}${group}+`, `${retryPrefix}${group}_`].find((start) =>
    named?.startsWith(start),
  );
  return own === undefined ? named : named?.slice(own.length);
}

export interface RetryTopicFacts {
  readonly group: string;
  readonly origin: string;
  readonly message: StoredMessage;
  readonly consuming: Consuming;
  /** The group takes messages in order (consumeMessageOrderly). */
  readonly isOrderly: boolean;
  /** The broker's `enableRetryTopicV2`. */
  readonly isV2: boolean;
  readonly hasTopic: (topic: string) => boolean;
}

/**
 * The topic that the group gets it from: `%RETRY%group`, or by POP one for each topic, of which the broker reads one form
 * (PopMessageProcessor, KeyBuilder). While no client is connected, what the group left behind tells.
 * @throws ConsoleError INVALID_REQUEST where none is read
 */
export function retryTopicOf(facts: RetryTopicFacts): string {
  const { group, origin, message, consuming, isOrderly, isV2, hasTopic } = facts;
  const byPull = retryPrefix + group;
  const forms = { v1: `${byPull}_${origin}`, v2: `${byPull}+${origin}` };
  const byPop = isV2 ? forms.v2 : forms.v1;
  const wasPopped =
    message.properties[firstPopTime] !== undefined || hasTopic(forms.v1) || hasTopic(forms.v2);
  switch (consuming ?? (wasPopped ? "pop" : hasTopic(byPull) ? "pull" : undefined)) {
    case "pull":
      return byPull;
    case "pop":
      if (isOrderly) throw refuse("ORDERLY_POP", { consumer: group });
      return byPop;
    default:
      throw refuse("RETRY_TOPIC_UNKNOWN", { consumer: group });
  }
}
