import { z } from "zod";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import type { RemotingFrame } from "../protocol/frame.ts";
import { requestCodes } from "../protocol/request-code.ts";
import { ask } from "./exchange.ts";
import { longField } from "./wire-types.ts";

/** A third one, unknown, is told by telling nothing: the broker asks again. */
export type TransactionDecision = "commit" | "rollback";

/** MessageSysFlag.java */
const decisions: Readonly<Record<TransactionDecision, number>> = { commit: 8, rollback: 12 };

/** A message that is stored and not yet shown: what its send was answered with, or what a broker asks about. */
export interface HalfMessage {
  readonly topic: string;
  readonly producerGroup: string;
  /** Its UNIQ_KEY. */
  readonly uniqueKey: string;
  readonly commitLogOffset: number;
  /** In the queue of half messages. */
  readonly queueOffset: number;
}

/**
 * Ends a transaction (END_TRANSACTION). The Java client does not wait for the answer; here it says whether the broker has done it: SUCCESS of
 * a commit means that the message is stored where consumers see it.
 */
export async function endTransaction(
  client: RemotingClient,
  broker: string,
  half: HalfMessage,
  decision: TransactionDecision,
  options?: RequestOptions & { readonly fromCheck?: boolean },
): Promise<void> {
  const fields = {
    topic: half.topic,
    producerGroup: half.producerGroup,
    tranStateTableOffset: half.queueOffset,
    commitLogOffset: half.commitLogOffset,
    commitOrRollback: decisions[decision],
    fromTransactionCheck: options?.fromCheck ?? false,
    msgId: half.uniqueKey,
    transactionId: half.uniqueKey,
  };
  await ask(client, broker, { code: requestCodes.END_TRANSACTION, fields }, options);
}

const checkHeader = z.object({
  topic: z.string().optional(),
  msgId: z.string(),
  commitLogOffset: longField,
  tranStateTableOffset: longField,
});

/** What a broker asks about with CHECK_TRANSACTION_STATE, which it sends one way; undefined of any other request. */
export function checkedTransaction(
  frame: RemotingFrame,
): Pick<HalfMessage, "uniqueKey" | "commitLogOffset" | "queueOffset"> | undefined {
  if (frame.code !== requestCodes.CHECK_TRANSACTION_STATE) return undefined;
  const header = checkHeader.safeParse(frame.fields);
  if (!header.success) return undefined;
  const { msgId, commitLogOffset, tranStateTableOffset } = header.data;
  return { uniqueKey: msgId, commitLogOffset, queueOffset: tranStateTableOffset };
}

/** Registers the connection as one of a producer group (HEART_BEAT), for 120 s: a broker asks about transactions only over such ones. */
export async function producerHeartbeat(
  client: RemotingClient,
  broker: string,
  producer: { readonly clientId: string; readonly producerGroup: string },
  options?: RequestOptions,
): Promise<void> {
  const body = {
    clientID: producer.clientId,
    producerDataSet: [{ groupName: producer.producerGroup }],
    consumerDataSet: [],
    heartbeatFingerprint: 0,
    withoutSub: false,
  };
  const command = { code: requestCodes.HEART_BEAT, body: Buffer.from(JSON.stringify(body)) };
  await ask(client, broker, command, options);
}
