import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { RemotingError } from "../errors/remoting-error.ts";
import { type BatchMessage, encodeBatch, propertiesTooLong } from "../message/batch.ts";
import { decodeMessageId } from "../message/message-id.ts";
import {
  encodeProperties,
  MAX_PROPERTIES_BYTES,
  type MessageProperties,
  propertyNames,
} from "../message/properties.ts";
import { decodeMessages, type StoredMessage } from "../message/stored-message.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { responseCodes } from "../protocol/response-code.ts";
import { ask, fieldsOf, invalid } from "./exchange.ts";
import { longField } from "./wire-types.ts";

/** A message and the queue it is to go to, at the broker that is asked. */
export interface MessageToSend {
  readonly topic: string;
  readonly queueId: number;
  readonly body: Uint8Array;
  readonly properties?: MessageProperties;
  /** Appears in `producerConnections` only with a heartbeat. Default `hotfire`. */
  readonly producerGroup?: string;
  readonly flag?: number;
  /** What the broker must know of the message (`sysFlags`). Default 0. */
  readonly sysFlag?: number;
}

/** MessageSysFlag.java; a body is compressed by `compressBody`. */
export const sysFlags = { compressedWithZlib: 0x301, transactionPrepared: 4 } as const;

export interface BatchToSend {
  readonly topic: string;
  readonly queueId: number;
  readonly messages: readonly BatchMessage[];
  readonly producerGroup?: string;
}

/**
 * What became of a sent message. `stored` is the only acknowledgement; the others say that the master has it, but
 * what was to follow did not happen in time: its fate is in doubt (SendStatus.java).
 */
export type SendStatus = "stored" | "flush-disk-timeout" | "flush-slave-timeout" | "slave-not-available";

export interface SendResult {
  readonly status: SendStatus;
  /** For a batch the ids of all its messages, joined by commas. */
  readonly offsetMessageId: string;
  readonly queueId: number;
  /** For a batch that of its first message. */
  readonly queueOffset: number;
}

const statuses = new Map<number, SendStatus>([
  [responseCodes.SUCCESS, "stored"],
  [responseCodes.FLUSH_DISK_TIMEOUT, "flush-disk-timeout"],
  [responseCodes.FLUSH_SLAVE_TIMEOUT, "flush-slave-timeout"],
  [responseCodes.SLAVE_NOT_AVAILABLE, "slave-not-available"],
]);
const sendAnswers = [...statuses.keys()];

const sendHeader = z.object({ msgId: z.string(), queueId: longField, queueOffset: longField });

/** Sends one message to a master (SEND_MESSAGE_V2). Any other answer than the four statuses is RESPONSE_REFUSED. */
export async function send(
  client: RemotingClient,
  broker: string,
  message: MessageToSend,
  options?: RequestOptions,
): Promise<SendResult> {
  const properties = encodeProperties(message.properties ?? {});
  if (properties.length * 3 > MAX_PROPERTIES_BYTES && Buffer.byteLength(properties) > MAX_PROPERTIES_BYTES) {
    throw propertiesTooLong(Buffer.byteLength(properties));
  }
  if (message.body.length === 0)
    throw new RemotingError("ARGUMENT_INVALID", "A message needs a body of at least one byte");
  const fields = sendFields(message, message.flag ?? 0, properties, false, message.sysFlag);
  return sendCommand(
    client,
    broker,
    { code: requestCodes.SEND_MESSAGE_V2, fields, body: message.body },
    options,
  );
}

/** Sends many messages to one queue as one command (SEND_BATCH_MESSAGE): all are stored, or none. */
export async function sendBatch(
  client: RemotingClient,
  broker: string,
  batch: BatchToSend,
  options?: RequestOptions,
): Promise<SendResult> {
  if (batch.messages.length === 0) throw new RemotingError("ARGUMENT_INVALID", "A batch needs a message");
  const fields = sendFields(batch, 0, "", true);
  const body = encodeBatch(batch.messages);
  return sendCommand(client, broker, { code: requestCodes.SEND_BATCH_MESSAGE, fields, body }, options);
}

// The one-letter names are SendMessageRequestHeaderV2's.
function sendFields(
  to: { readonly topic: string; readonly queueId: number; readonly producerGroup?: string },
  flag: number,
  properties: string,
  batch: boolean,
  sysFlag = 0,
) {
  return {
    a: to.producerGroup ?? "hotfire",
    b: to.topic,
    c: "TBW102",
    d: 8,
    e: to.queueId,
    f: sysFlag,
    g: Date.now(),
    h: flag,
    i: properties,
    j: 0,
    k: false,
    m: batch,
  };
}

async function sendCommand(
  client: RemotingClient,
  broker: string,
  command: {
    readonly code: number;
    readonly fields: ReturnType<typeof sendFields>;
    readonly body: Uint8Array;
  },
  options: RequestOptions | undefined,
): Promise<SendResult> {
  const answer = await ask(client, broker, command, options, sendAnswers);
  const header = fieldsOf(answer, sendHeader);
  return {
    status: statuses.get(answer.frame.code) ?? "stored",
    offsetMessageId: header.msgId,
    queueId: header.queueId,
    queueOffset: header.queueOffset,
  };
}

export interface PullQuery {
  readonly topic: string;
  readonly queueId: number;
  readonly offset: number;
  /** Default 32. A broker gives fewer than asked, by size and by where the messages lie. */
  readonly maxMessages?: number;
  /** How long the broker may hold the request while the queue has nothing new. Default 0: answer at once. */
  readonly suspendMs?: number;
  /** A tag expression such as `TagA || TagB`. Default `*`. */
  readonly tags?: string;
  /** Needs no registration unless the broker forbids unknown groups. Default `TOOLS_CONSUMER`, RocketMQ's own for tools. */
  readonly consumerGroup?: string;
}

export interface PullResult {
  /**
   * `found`: there are messages. `no-new-message`: the offset is the queue's end. `no-matched-message`: none here
   * has the tags, go on at `nextOffset`. `offset-illegal`: the queue has no such offset, `nextOffset` is the nearest.
   */
  readonly status: "found" | "no-new-message" | "no-matched-message" | "offset-illegal";
  readonly messages: readonly StoredMessage[];
  readonly nextOffset: number;
  readonly minOffset: number;
  readonly maxOffset: number;
}

// As PullSysFlag.java; `suspend` only works with a time to suspend for.
const SUSPEND = 2;
const SUBSCRIPTION = 4;
const pullStatuses = new Map<number, PullResult["status"]>([
  [responseCodes.SUCCESS, "found"],
  [responseCodes.PULL_NOT_FOUND, "no-new-message"],
  [responseCodes.PULL_RETRY_IMMEDIATELY, "no-matched-message"],
  [responseCodes.PULL_OFFSET_MOVED, "offset-illegal"],
]);
const pullAnswers = [...pullStatuses.keys()];

const pullHeader = z.object({ nextBeginOffset: longField, minOffset: longField, maxOffset: longField });

/** A broker looks at the requests it holds every 5 s only (PullRequestHoldService.java), so they end late. */
const SUSPEND_GRACE_MS = 10_000;

/** Reads messages of one queue from an offset on (PULL_MESSAGE). The default deadline leaves room for `suspendMs`. */
export async function pull(
  client: RemotingClient,
  broker: string,
  query: PullQuery,
  options?: RequestOptions,
): Promise<PullResult> {
  // A long on the wire: a broker cannot read a fraction.
  const suspendMs = Math.ceil(query.suspendMs ?? 0);
  const fields = {
    consumerGroup: query.consumerGroup ?? "TOOLS_CONSUMER",
    topic: query.topic,
    queueId: query.queueId,
    queueOffset: query.offset,
    maxMsgNums: query.maxMessages ?? 32,
    sysFlag: SUBSCRIPTION | (suspendMs > 0 ? SUSPEND : 0),
    commitOffset: 0,
    suspendTimeoutMillis: suspendMs,
    subscription: query.tags ?? "*",
    subVersion: 0,
    expressionType: "TAG",
  };
  const deadlineMs = options?.deadlineMs ?? (suspendMs > 0 ? suspendMs + SUSPEND_GRACE_MS : undefined);
  const command = { code: requestCodes.PULL_MESSAGE, fields };
  const answer = await ask(client, broker, command, { ...options, deadlineMs }, pullAnswers);
  const header = fieldsOf(answer, pullHeader);
  const status = pullStatuses.get(answer.frame.code) ?? "found";
  return {
    status,
    messages: status === "found" ? decodeMessages(answer.frame.body) : [],
    nextOffset: header.nextBeginOffset,
    minOffset: header.minOffset,
    maxOffset: header.maxOffset,
  };
}

/** Reads the message at a byte position of a broker's commit log (VIEW_MESSAGE_BY_ID). */
export async function viewMessage(
  client: RemotingClient,
  broker: string,
  commitLogOffset: number,
  options?: RequestOptions,
): Promise<StoredMessage> {
  const command = { code: requestCodes.VIEW_MESSAGE_BY_ID, fields: { offset: commitLogOffset } };
  const answer = await ask(client, broker, command, options);
  const [message] = decodeMessages(answer.frame.body);
  if (message === undefined) throw invalid(answer, "it has no message");
  return message;
}

/**
 * Reads a message by the id a send was answered with, from the broker the id names: its advertised address must be
 * reachable from here. Otherwise `decodeMessageId` and `viewMessage` with an address that is.
 */
export async function viewMessageById(
  client: RemotingClient,
  offsetMessageId: string,
  options?: RequestOptions,
): Promise<StoredMessage> {
  const id = decodeMessageId(offsetMessageId);
  return viewMessage(client, id.address, id.commitLogOffset, options);
}

export interface MessageQuery {
  readonly topic: string;
  /** One of the message's KEYS, or with `by: "unique-key"` its UNIQ_KEY. */
  readonly key: string;
  readonly by?: "key" | "unique-key";
  /** Default 64. */
  readonly maxMessages?: number;
  /** When it was stored, in milliseconds since 1970; by default any time. */
  readonly beginTimestamp?: number;
  readonly endTimestamp?: number;
}

/**
 * Finds messages by key in a broker's index (QUERY_MESSAGE); none is an empty list. The index follows the commit log
 * at a distance, and keeps hashes: a broker may give messages of another key, which are left out here.
 */
export async function queryMessages(
  client: RemotingClient,
  broker: string,
  query: MessageQuery,
  options?: RequestOptions,
): Promise<readonly StoredMessage[]> {
  const unique = query.by === "unique-key";
  const fields = {
    topic: query.topic,
    key: query.key,
    maxNum: query.maxMessages ?? 64,
    beginTimestamp: query.beginTimestamp ?? 0,
    endTimestamp: query.endTimestamp ?? Number.MAX_SAFE_INTEGER,
    // MixAll.UNIQUE_MSG_QUERY_FLAG
    _UNIQUE_KEY_QUERY: unique,
  };
  const accepted = [responseCodes.SUCCESS, responseCodes.QUERY_NOT_FOUND];
  const answer = await ask(client, broker, { code: requestCodes.QUERY_MESSAGE, fields }, options, accepted);
  if (answer.frame.code === responseCodes.QUERY_NOT_FOUND) return [];
  return decodeMessages(answer.frame.body).filter((message) =>
    unique
      ? message.uniqueKey === query.key
      : (message.properties[propertyNames.keys] ?? "").split(" ").includes(query.key),
  );
}
