import type { SendAnswer } from "@hotfire/judge/history";
import { RemotingError, responseCodes, type SendResult } from "@hotfire/remoting";

const codes: Readonly<Record<SendResult["status"], number>> = {
  stored: responseCodes.SUCCESS,
  "flush-disk-timeout": responseCodes.FLUSH_DISK_TIMEOUT,
  "flush-slave-timeout": responseCodes.FLUSH_SLAVE_TIMEOUT,
  "slave-not-available": responseCodes.SLAVE_NOT_AVAILABLE,
};

export function answerOf(result: SendResult): SendAnswer {
  return { kind: "answered", code: codes[result.status] };
}

/**
 * What a failed request says about the message: `not-sent` only where no byte of it was handed to a socket
 * (`requestSent` is false: no connection came about, or it was refused before); an answer's code where there is one.
 * Everything else happened after the request was on its way, and leaves it in doubt: also an answer that cannot be read.
 */
export function answerOfError(error: unknown): SendAnswer {
  if (!(error instanceof RemotingError)) return { kind: "connection-lost" };
  if (error.response !== undefined) {
    return { kind: "answered", code: error.response.code, remark: error.response.remark };
  }
  if (!error.requestSent) return { kind: "not-sent" };
  return error.code === "DEADLINE_PASSED" ? { kind: "timeout" } : { kind: "connection-lost" };
}

const longest = 400;

/** For a record: the remark without RocketMQ's link, or the error's own words, without its address (which may move). */
export function errorText(error: unknown): string {
  const text =
    error instanceof RemotingError
      ? (error.response?.remark ?? `${error.code}: ${withoutAddress(error)}`)
      : String(error);
  return text
    .replace(/\s*See https?:\S+ for further details\.?/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, longest);
}

function withoutAddress({ message, address }: RemotingError): string {
  return address === undefined ? message : message.replaceAll(address, "the broker");
}
