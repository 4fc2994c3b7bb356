/** Whose fault an error is: the caller's input, this library (a bug), or the network and the process at the other end. */
export type RemotingBlame = "user" | "tool" | "engine";

export type RemotingErrorCode =
  | "ADDRESS_INVALID"
  | "ARGUMENT_INVALID"
  | "REQUEST_TOO_LARGE"
  | "CONNECT_FAILED"
  | "CONNECTION_CLOSED"
  | "CLIENT_CLOSED"
  | "DEADLINE_PASSED"
  | "REQUEST_ABORTED"
  | "TOO_MANY_IN_FLIGHT"
  | "FRAME_INVALID"
  | "FRAME_TOO_LARGE"
  | "FRAME_TRUNCATED"
  | "PEER_MISBEHAVED"
  | "RESPONSE_REFUSED"
  | "RESPONSE_INVALID"
  | "JSON_INVALID"
  | "MESSAGE_INVALID"
  | "MESSAGE_ID_INVALID"
  | "COMPRESSION_UNSUPPORTED";

/** What each code means; `docs/reference/errors.md` has a row for each. */
export const remotingErrors: Readonly<Record<RemotingErrorCode, { blame: RemotingBlame; meaning: string }>> =
  {
    ADDRESS_INVALID: { blame: "user", meaning: "An address is not of the form host:port." },
    ARGUMENT_INVALID: { blame: "user", meaning: "A request was given a value that RocketMQ cannot take." },
    REQUEST_TOO_LARGE: {
      blame: "user",
      meaning: "A request is larger than the frame size the peer accepts.",
    },
    CONNECT_FAILED: { blame: "engine", meaning: "No TCP connection to the address could be made." },
    CONNECTION_CLOSED: { blame: "engine", meaning: "The connection ended before the answer came." },
    CLIENT_CLOSED: {
      blame: "user",
      meaning: "The client was closed while, or before, the request was made.",
    },
    DEADLINE_PASSED: { blame: "engine", meaning: "The answer did not come before the request's deadline." },
    REQUEST_ABORTED: { blame: "user", meaning: "The caller's AbortSignal fired." },
    TOO_MANY_IN_FLIGHT: {
      blame: "user",
      meaning: "The connection already has as many unanswered requests, or unsent bytes, as it may have.",
    },
    FRAME_INVALID: { blame: "engine", meaning: "The peer sent bytes that are not a remoting frame." },
    FRAME_TOO_LARGE: { blame: "engine", meaning: "The peer announced a frame larger than the maximum." },
    FRAME_TRUNCATED: { blame: "engine", meaning: "The peer closed the connection in the middle of a frame." },
    PEER_MISBEHAVED: {
      blame: "engine",
      meaning:
        "The peer flooded the connection with answers that no request asked for, or does not read ours.",
    },
    RESPONSE_REFUSED: {
      blame: "engine",
      meaning:
        "The peer answered with a response code other than success; `response` has its number, name and remark.",
    },
    RESPONSE_INVALID: { blame: "engine", meaning: "An answer has not the shape its request promises." },
    JSON_INVALID: {
      blame: "engine",
      meaning: "A text is not JSON, not even the relaxed kind RocketMQ writes.",
    },
    MESSAGE_INVALID: {
      blame: "engine",
      meaning: "A stored message cannot be decoded, or its body fails its checksum.",
    },
    MESSAGE_ID_INVALID: { blame: "user", meaning: "A text is not a message id of the expected kind." },
    COMPRESSION_UNSUPPORTED: {
      blame: "tool",
      meaning: "A message body is compressed with an algorithm this Node.js cannot decompress.",
    },
  };

/** A RocketMQ response code other than success, as the peer sent it. */
export interface RefusedResponse {
  readonly code: number;
  /** RocketMQ's constant for the code, such as `TOPIC_NOT_EXIST`; `UNKNOWN` where 5.5.0 has none. */
  readonly name: string;
  readonly remark: string | undefined;
}

export interface RemotingErrorDetails {
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  readonly address?: string | undefined;
  readonly requestSent?: boolean | undefined;
  readonly response?: RefusedResponse | undefined;
}

/** The one error of this package. The message says what happened and why, the hint what to do about it. */
export class RemotingError extends Error {
  readonly code: RemotingErrorCode;
  readonly blame: RemotingBlame;
  readonly hint: string | undefined;
  /** The address that was talked to, where there was one. */
  readonly address: string | undefined;
  /**
   * Whether the request may have reached the peer. `false` means it surely had no effect; with `true` and no
   * `response` the outcome is in doubt.
   */
  readonly requestSent: boolean;
  /** Set when the peer answered, with a code other than success. */
  readonly response: RefusedResponse | undefined;

  constructor(code: RemotingErrorCode, message: string, details: RemotingErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "RemotingError";
    this.code = code;
    this.blame = remotingErrors[code].blame;
    this.hint = details.hint;
    this.address = details.address;
    this.requestSent = details.requestSent ?? false;
    this.response = details.response;
  }
}
