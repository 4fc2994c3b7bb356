import type { ConsumeRecord, Outcome, SendRecord } from "@hotfire/judge/history";
import { proxySendOutcome, sendOutcome, sendStatusOutcome } from "@hotfire/judge/history";
import type { ConsumeLine, SendLine } from "./client-line.ts";
import type { OfficialClientKind } from "./official-client.ts";

const maxError = 400;
const proxyOk = 20000;

export interface RecordContext {
  readonly kind: OfficialClientKind;
  readonly topic: string;
  readonly consumerGroup: string;
  readonly brokerOf: (address: string) => string | undefined;
}

export function toSendRecord(line: SendLine, context: RecordContext): SendRecord {
  const code = line.code ?? codeOfStatus(line.status);
  return {
    type: "send",
    client: context.kind,
    sequence: line.sequence,
    scheduled: line.scheduled,
    sent: line.sent,
    done: line.done,
    group: line.group,
    topic: context.topic,
    queue: line.queue,
    outcome: outcomeOf(line, context.kind),
    ...broker(line.address, context),
    ...(code === undefined ? {} : { code }),
    ...(line.error === undefined ? {} : { error: oneLine(line.error) }),
    ...(line.attempts === undefined || line.attempts < 2 ? {} : { attempts: line.attempts }),
    // A send that was stored without a known place has -1.
    ...(line.offset === undefined || line.offset < 0 ? {} : { offset: line.offset }),
    ...(line.messageId === undefined ? {} : { messageId: line.messageId }),
  };
}

export function toConsumeRecord(line: ConsumeLine, context: RecordContext): ConsumeRecord {
  return {
    type: "consume",
    client: context.kind,
    scheduled: line.at,
    sent: line.at,
    done: line.at,
    group: line.group,
    topic: context.topic,
    queue: line.queue,
    outcome: "acknowledged",
    ...broker(line.address, context),
    consumerGroup: context.consumerGroup,
    messages: line.messages,
  };
}

/**
 * The Java client repeats a send whose first answer did not come, and reports the last attempt only: a refusal says
 * nothing about the attempts before it.
 */
function outcomeOf(line: SendLine, kind: OfficialClientKind): Outcome {
  if (line.attempts === 0) return sendOutcome({ kind: "not-sent" });
  if (kind === "node-proxy") return proxySendOutcome(line.code ?? 0);
  if (line.status !== undefined) return sendStatusOutcome(line.status);
  if (line.attempts === 1 && line.code !== undefined)
    return sendOutcome({ kind: "answered", code: line.code, remark: line.error });
  return "in-doubt";
}

/** Without the advice that FAQUrl.attachDefaultURL puts behind the client's messages. */
function oneLine(error: string): string {
  const text = error.replaceAll(/\s*For more information, please visit the url, https?:[^\s:]*/g, "");
  return text.replaceAll(/\s+/g, " ").trim().slice(0, maxError);
}

/** SendStatus is what MQClientAPIImpl.processSendResponse makes of these codes. */
const statusCodes: Readonly<Record<string, number>> = {
  SEND_OK: 0,
  FLUSH_DISK_TIMEOUT: 10,
  SLAVE_NOT_AVAILABLE: 11,
  FLUSH_SLAVE_TIMEOUT: 12,
  OK: proxyOk,
};

function codeOfStatus(status: string | undefined): number | undefined {
  return status === undefined ? undefined : statusCodes[status];
}

function broker(address: string | undefined, context: RecordContext): { broker?: string } {
  const node = address === undefined ? undefined : context.brokerOf(address);
  return node === undefined ? {} : { broker: node };
}
