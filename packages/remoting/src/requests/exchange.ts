import type { z } from "zod";
import type { RemotingCommand } from "../client/connection.ts";
import type { RequestOptions } from "../client/options.ts";
import type { RemotingClient } from "../client/remoting-client.ts";
import { RemotingError } from "../errors/remoting-error.ts";
import { parseRelaxedJson } from "../json/relaxed-json.ts";
import type { RemotingFrame } from "../protocol/frame.ts";
import { requestCodeName } from "../protocol/request-code.ts";
import { responseCodeName, responseCodes } from "../protocol/response-code.ts";

/** An answer, with what a message about it needs. */
export interface Answer {
  readonly address: string;
  readonly requestCode: number;
  readonly frame: RemotingFrame;
}

const onlySuccess: readonly number[] = [responseCodes.SUCCESS];

/** Asks, and throws RESPONSE_REFUSED unless the answer's code is one of those accepted (by default SUCCESS). */
export async function ask(
  client: RemotingClient,
  address: string,
  command: RemotingCommand,
  options: RequestOptions | undefined,
  accepted: readonly number[] = onlySuccess,
): Promise<Answer> {
  const frame = await client.request(address, command, options);
  if (accepted.includes(frame.code)) return { address, requestCode: command.code, frame };
  throw refused(address, command.code, frame.code, responseCodeName(frame.code), frame.remark);
}

const refusalHints = new Map([
  ["TOPIC_NOT_EXIST", "Create the topic first (createTopic), or wait until its broker has registered it"],
  ["SUBSCRIPTION_GROUP_NOT_EXIST", "Create the consumer group first (createConsumerGroup)"],
  ["CONTROLLER_NOT_LEADER", "Ask the leader: controllerMetadata says which controller it is"],
  ["NOT_LEADER_FOR_QUEUE", "Ask for the route again: the queue has moved"],
  ["NO_PERMISSION", "The broker or the topic may not be written to, or the broker is a slave"],
  ["GO_AWAY", "The process is shutting down"],
]);

export function refused(
  address: string,
  requestCode: number,
  code: number,
  name: string,
  remark: string | undefined,
): RemotingError {
  const because = remark === undefined || remark === "" ? "" : `: ${oneLine(remark)}`;
  return new RemotingError(
    "RESPONSE_REFUSED",
    `${address} answered ${requestCodeName(requestCode)} with ${name} (${code})${because}`,
    { address, requestSent: true, hint: refusalHints.get(name), response: { code, name, remark } },
  );
}

// Remarks end with "\nSee https://rocketmq.apache.org/docs/bestPractice/06FAQ for further details." (FAQUrl.java).
function oneLine(remark: string): string {
  return remark
    .replace(/\s*See https?:\S+ for further details\.?\s*$/, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Reads the answer's JSON body. Throws RESPONSE_INVALID. */
export function bodyOf<T extends z.ZodType>(answer: Answer, schema: T): z.output<T> {
  const text = answer.frame.body.toString("utf8");
  try {
    return checked(answer, "body", schema, text === "" ? undefined : parseRelaxedJson(text));
  } catch (error) {
    if (error instanceof RemotingError && error.code === "JSON_INVALID") {
      throw invalid(answer, `its body is no JSON: ${error.message}`, error);
    }
    throw error;
  }
}

/** Reads the answer's header fields. Throws RESPONSE_INVALID. */
export function fieldsOf<T extends z.ZodType>(answer: Answer, schema: T): z.output<T> {
  return checked(answer, "header", schema, answer.frame.fields);
}

function checked<T extends z.ZodType>(answer: Answer, part: string, schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => `${issue.path.join(".") || part}: ${issue.message}`);
  throw invalid(answer, `its ${part} has another shape (${issues.slice(0, 3).join("; ")})`, result.error);
}

export function invalid(answer: Answer, why: string, cause?: unknown): RemotingError {
  return new RemotingError(
    "RESPONSE_INVALID",
    `${answer.address} answered ${requestCodeName(answer.requestCode)}, but ${why}`,
    {
      address: answer.address,
      requestSent: true,
      cause,
      hint: "Is it RocketMQ 5.5.0? Report it with the version of the process",
    },
  );
}
