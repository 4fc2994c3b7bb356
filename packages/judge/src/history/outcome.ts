import type { Outcome } from "./operations.ts";

/** What became of a send, as a client of the remoting protocol sees it. */
export type SendAnswer =
  | { readonly kind: "answered"; readonly code: number; readonly remark?: string | undefined }
  /** No answer in time. */
  | { readonly kind: "timeout" }
  /** The connection broke after the request was handed to it. */
  | { readonly kind: "connection-lost" }
  /** Never handed to a connection: no route, connect refused, shut down before writing. */
  | { readonly kind: "not-sent" };

export interface CodeRule {
  readonly code: number;
  readonly name: string;
  readonly outcome: Outcome;
  /** Why, with the place in the 5.5.0 sources. */
  readonly why: string;
}

/**
 * Every code with which SendMessageProcessor of 5.5.0, or the layers in front of it, answers the send of a single
 * message. A code that is not here is in doubt. A batch has no rule: DLedger appends its messages one by one, and a
 * refusal in the middle leaves the first ones stored.
 */
export const sendCodeRules: readonly CodeRule[] = [
  {
    code: 0,
    name: "SUCCESS",
    outcome: "acknowledged",
    why: "PUT_OK: stored, flushed and replicated as far as the broker's configuration promises (handlePutMessageResult).",
  },
  {
    code: 1,
    name: "SYSTEM_ERROR",
    outcome: "in-doubt",
    why: "Many causes, stored or not: 'in-sync replicas not enough' is a refusal before the append in CommitLog.asyncPutMessage but a quorum time-out after it in DLedgerCommitLog; UNKNOWN_ERROR includes DLedger's TERM_CHANGED. `refusedRemarks` lists the texts that are refusals only.",
  },
  {
    code: 2,
    name: "SYSTEM_BUSY",
    outcome: "failed",
    why: "Refused before the append: [REJECTREQUEST] and [OVERLOAD] (NettyRemotingAbstract), [PCBUSY_CLEAN_QUEUE] and [TIMEOUT_CLEAN_QUEUE] (BrokerFastFailure, taken off the queue unprocessed), [PC_SYNCHRONIZED] (HookUtils.checkBeforePutMessage; DLedgerCommitLog when the append got no position).",
  },
  {
    code: 3,
    name: "REQUEST_CODE_NOT_SUPPORTED",
    outcome: "failed",
    why: "No processor (NettyRemotingAbstract).",
  },
  {
    code: 10,
    name: "FLUSH_DISK_TIMEOUT",
    outcome: "in-doubt",
    why: "In the log, but not known to be on disk (CommitLog.handleDiskFlush).",
  },
  {
    code: 11,
    name: "SLAVE_NOT_AVAILABLE",
    outcome: "in-doubt",
    why: "In the master's log only. Nothing in the 5.5.0 store answers it any more; kept for older brokers.",
  },
  {
    code: 12,
    name: "FLUSH_SLAVE_TIMEOUT",
    outcome: "in-doubt",
    why: "In the master's log, not confirmed by enough replicas in slaveTimeout (GroupTransferService).",
  },
  {
    code: 13,
    name: "MESSAGE_ILLEGAL",
    outcome: "failed",
    why: "Refused before the append: sizes, properties, timer, compaction key (sendMessage, MessageExtEncoder, HookUtils).",
  },
  {
    code: 14,
    name: "SERVICE_NOT_AVAILABLE",
    outcome: "failed",
    why: "Refused before the append: store shut down, slave, not writeable, disk full (HookUtils.checkBeforePutMessage). DLedgerCommitLog maps NOT_LEADER and DISK_FULL to it, but 0.3.2 answers those before it has a position.",
  },
  {
    code: 16,
    name: "NO_PERMISSION",
    outcome: "failed",
    why: "Refused in msgCheck, or transactions forbidden.",
  },
  { code: 17, name: "TOPIC_NOT_EXIST", outcome: "failed", why: "Refused in msgCheck." },
  {
    code: 26,
    name: "SUBSCRIPTION_GROUP_NOT_EXIST",
    outcome: "failed",
    why: "A retry topic without its group (handleRetryAndDLQ).",
  },
  {
    code: 29,
    name: "INVALID_PARAMETER",
    outcome: "failed",
    why: "Topic name or queue id refused in msgCheck.",
  },
  {
    code: 501,
    name: "NOT_LEADER_FOR_QUEUE",
    outcome: "in-doubt",
    why: "Static topics: answered before the append (rewriteRequestForStaticTopic) and after it (rewriteResponseForStaticTopic).",
  },
  {
    code: 1500,
    name: "GO_AWAY",
    outcome: "failed",
    why: "A remoting server that shuts down answers it instead of processing (NettyRemotingAbstract).",
  },
  {
    code: 2017,
    name: "LMQ_QUOTA_EXCEEDED",
    outcome: "failed",
    why: "Refused before the append (HookUtils.handleLmqQuota).",
  },
];

/** Beginnings of SYSTEM_ERROR's remark that 5.5.0 uses only where nothing was stored. */
export const refusedRemarks: readonly { readonly begins: string; readonly why: string }[] = [
  { begins: "broker unable to service, until", why: "SendMessageProcessor.preSend" },
  {
    begins: "create mapped file failed",
    why: "CommitLog: no file to append to; at most the filler at the old one's end was written",
  },
  { begins: "timer message is under flow control", why: "HookUtils.transformTimerMessage" },
  { begins: "accurate timer message is not enabled", why: "HookUtils.handleScheduleMessage" },
];

const outcomeByCode = new Map(sendCodeRules.map((rule): [number, Outcome] => [rule.code, rule.outcome]));

/** The outcome of a send of one message over the remoting protocol. */
export function sendOutcome(answer: SendAnswer): Outcome {
  if (answer.kind === "not-sent") return "failed";
  if (answer.kind !== "answered") return "in-doubt";
  const remark = answer.remark ?? "";
  if (answer.code === 1 && refusedRemarks.some(({ begins }) => remark.startsWith(begins))) return "failed";
  return outcomeByCode.get(answer.code) ?? "in-doubt";
}

/**
 * The outcome of a send by the official Java client, which returned a SendResult. Only SEND_OK is a success: the
 * client reports the other three without an exception and OpenChaos counts them as success.
 * Source: org.apache.rocketmq.client.producer.SendStatus.
 */
export function sendStatusOutcome(status: string): Outcome {
  return status === "SEND_OK" ? "acknowledged" : "in-doubt";
}

/**
 * The outcome of a send through the proxy (gRPC). Only OK (20000) is a success. The proxy has answered by itself or
 * for a broker, and its code does not tell which: everything else is in doubt.
 * Source: apache.rocketmq.v2.Code.
 */
export function proxySendOutcome(code: number): Outcome {
  return code === 20000 ? "acknowledged" : "in-doubt";
}

/**
 * The outcome of a pull: did this group serve a read? "Nothing new" is a service: PULL_NOT_FOUND (19),
 * PULL_RETRY_IMMEDIATELY (20) and PULL_OFFSET_MOVED (21) count as acknowledged.
 */
export function consumeOutcome(answer: SendAnswer): Outcome {
  if (answer.kind === "not-sent") return "failed";
  if (answer.kind !== "answered") return "in-doubt";
  return answer.code === 0 || (answer.code >= 19 && answer.code <= 21) ? "acknowledged" : "failed";
}
