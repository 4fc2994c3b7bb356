import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { propertyNames } from "../message/properties.ts";
import { decodeMessages, type StoredMessage } from "../message/stored-message.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { responseCodes } from "../protocol/response-code.ts";
import { type Answer, ask, fieldsOf, invalid } from "./exchange.ts";
import { longField } from "./wire-types.ts";

export interface PopQuery {
  readonly topic: string;
  /** It has to exist. */
  readonly consumerGroup: string;
  /** The `brokerName` of the broker that is asked: receipts carry it. */
  readonly brokerName: string;
  /** How long what is popped stays hidden from the group's other consumers. */
  readonly invisibleMs: number;
  /** Default -1: all queues of the topic, and of its retry topic. */
  readonly queueId?: number;
  /** Default 16; a broker refuses more than 32. */
  readonly maxMessages?: number;
  /** How long the broker may hold the request while there is nothing. Default 0: answer at once. */
  readonly pollMs?: number;
}

/** What acknowledges one delivery of a message (`POP_CK` of the Java client). */
export interface PopReceipt {
  /** Where the delivered copy is: the topic itself, or the group's retry topic. */
  readonly topic: string;
  readonly consumerGroup: string;
  readonly queueId: number;
  readonly queueOffset: number;
  readonly text: string;
}

export interface PoppedMessage {
  readonly message: StoredMessage;
  readonly receipt: PopReceipt;
  /** It was delivered before and comes from the group's retry topic. */
  readonly isRetry: boolean;
}

export interface PopResult {
  /** `full`: the broker holds as many requests as it may. */
  readonly status: "found" | "nothing" | "full";
  readonly messages: readonly PoppedMessage[];
  /** The broker's clock, ms since 1970. */
  readonly popTime: number;
  /** Counted from `popTime`. */
  readonly invisibleMs: number;
}

const popStatuses = new Map<number, PopResult["status"]>([
  [responseCodes.SUCCESS, "found"],
  [responseCodes.PULL_NOT_FOUND, "nothing"],
  [responseCodes.POLLING_TIMEOUT, "nothing"],
  [responseCodes.POLLING_FULL, "full"],
]);
const popAnswers = [...popStatuses.keys()];

const offsetInfo = z
  .string()
  .default("")
  .transform((text, context) => {
    const entries = text === "" ? [] : text.split(";").map((one) => one.split(" "));
    const first = new Map<string, number>();
    for (const [source, queue, offset] of entries) {
      const begin = Number(offset);
      if (source === undefined || queue === undefined || !Number.isSafeInteger(begin))
        context.addIssue(`no list of "source queue offset": ${text.slice(0, 80)}`);
      else first.set(`${source} ${queue}`, begin);
    }
    return first;
  });

const popHeader = z.object({
  popTime: longField,
  invisibleTime: longField,
  reviveQid: longField,
  startOffsetInfo: offsetInfo,
});

/** A held request is looked at every few hundred ms only (PopLongPollingService.java). */
const POLL_GRACE_MS = 3000;
const MIN_INITIAL_OFFSET = 0;

/** Takes messages that stay hidden for a time and come again unless they are acknowledged (POP_MESSAGE). */
export async function pop(
  client: RemotingClient,
  broker: string,
  query: PopQuery,
  options?: RequestOptions,
): Promise<PopResult> {
  const pollMs = Math.ceil(query.pollMs ?? 0);
  const fields = {
    consumerGroup: query.consumerGroup,
    topic: query.topic,
    queueId: query.queueId ?? -1,
    maxMsgNums: query.maxMessages ?? 16,
    invisibleTime: query.invisibleMs,
    pollTime: pollMs,
    bornTime: Date.now(),
    initMode: MIN_INITIAL_OFFSET,
    expType: "TAG",
    exp: "*",
    order: false,
  };
  const deadlineMs = options?.deadlineMs ?? (pollMs > 0 ? pollMs + POLL_GRACE_MS : undefined);
  const command = { code: requestCodes.POP_MESSAGE, fields };
  const answer = await ask(client, broker, command, { ...options, deadlineMs }, popAnswers);
  const status = popStatuses.get(answer.frame.code) ?? "found";
  if (status !== "found") return { status, messages: [], popTime: 0, invisibleMs: 0 };
  const header = fieldsOf(answer, popHeader);
  const messages = decodeMessages(answer.frame.body).map((message) => popped(answer, header, query, message));
  return { status, messages, popTime: header.popTime, invisibleMs: header.invisibleTime };
}

/** The receipt's fields are ExtraInfoUtil.buildExtraInfo's; where a message comes again, the broker has put them into its properties. */
function popped(
  answer: Answer,
  { popTime, invisibleTime, reviveQid, startOffsetInfo }: z.output<typeof popHeader>,
  { topic, consumerGroup, brokerName }: PopQuery,
  message: StoredMessage,
): PoppedMessage {
  const { queueId, queueOffset } = message;
  const told = message.properties[propertyNames.popReceipt];
  const source = told === undefined ? sourceOf(message.topic, consumerGroup) : told.split(" ")[4];
  const begin = startOffsetInfo.get(`${source} ${queueId}`);
  if (told === undefined && begin === undefined)
    throw invalid(answer, `it does not say where its messages of queue ${queueId} begin`);
  const fields = [begin, popTime, invisibleTime, reviveQid, source, brokerName, queueId, queueOffset];
  const [older, newer] = popRetryTopics(topic, consumerGroup);
  const stored = source === "1" ? older : source === "2" ? newer : topic;
  const receipt = { topic: stored, consumerGroup, queueId, queueOffset, text: told ?? fields.join(" ") };
  return { message, receipt, isRetry: source !== "0" };
}

/** `0`: the topic itself; `1`, `2`: the group's retry topic by its older and its newer name (KeyBuilder.java). */
function sourceOf(topic: string, consumerGroup: string): "0" | "1" | "2" {
  if (topic.startsWith(`%RETRY%${consumerGroup}+`)) return "2";
  return topic.startsWith("%RETRY%") ? "1" : "0";
}

/** Both names that the retry topic of a group that pops a topic may have. */
export function popRetryTopics(topic: string, consumerGroup: string): readonly [string, string] {
  return [`%RETRY%${consumerGroup}_${topic}`, `%RETRY%${consumerGroup}+${topic}`];
}

function receiptFields(receipt: PopReceipt) {
  return {
    consumerGroup: receipt.consumerGroup,
    topic: receipt.topic,
    queueId: receipt.queueId,
    extraInfo: receipt.text,
    offset: receipt.queueOffset,
  };
}

/** Says that a delivery is done with (ACK_MESSAGE): the message does not come again. */
export async function ackPopped(
  client: RemotingClient,
  broker: string,
  receipt: PopReceipt,
  options?: RequestOptions,
): Promise<void> {
  await ask(client, broker, { code: requestCodes.ACK_MESSAGE, fields: receiptFields(receipt) }, options);
}

const changeHeader = z.object({ popTime: longField, invisibleTime: longField, reviveQid: longField });

/**
 * Hides a delivery for another time, counted from now (CHANGE_MESSAGE_INVISIBLETIME): longer to go on working, or shorter to have it
 * again soon. The receipt that it had is used up.
 */
export async function changeInvisibleTime(
  client: RemotingClient,
  broker: string,
  receipt: PopReceipt,
  invisibleMs: number,
  options?: RequestOptions,
): Promise<Pick<PopResult, "popTime" | "invisibleMs"> & { readonly receipt: PopReceipt }> {
  const fields = { ...receiptFields(receipt), invisibleTime: invisibleMs };
  const answer = await ask(
    client,
    broker,
    { code: requestCodes.CHANGE_MESSAGE_INVISIBLETIME, fields },
    options,
  );
  const { popTime, invisibleTime, reviveQid } = fieldsOf(answer, changeHeader);
  const [, , , , source = "0", brokerName = ""] = receipt.text.split(" ");
  const { queueId, queueOffset } = receipt;
  // As MQClientAPIImpl.changeInvisibleTimeAsync builds it: from here on it begins at its own offset.
  const text = [queueOffset, popTime, invisibleTime, reviveQid, source, brokerName, queueId, queueOffset];
  return { popTime, invisibleMs: invisibleTime, receipt: { ...receipt, text: text.join(" ") } };
}
