import { propertyNames, type StoredMessage } from "@hotfire/remoting";
import { ConsoleError } from "../console-error.ts";
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
  if (client.messageModel === "BROADCASTING")
    throw without(group, "broadcasts: each client has its own offsets");
  if (client.consumeType === "CONSUME_ACTIVELY") throw without(group, "pulls by itself");
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
      if (isOrderly) throw without(group, "takes messages in order by POP");
      return byPop;
    default:
      throw new ConsoleError(
        "INVALID_REQUEST",
        `No client of ${group} is connected, and nothing tells which retry topic it reads.`,
        { hint: "Start a consumer of the group, then try again." },
      );
  }
}

function without(group: string, why: string): ConsoleError {
  return new ConsoleError("INVALID_REQUEST", `${group} ${why}, so it reads no retry topic.`, {
    hint: "Send the body to the topic again, as a test message: every group of the topic gets it.",
  });
}
