import { RemotingError } from "../errors/remoting-error.ts";
import { DEFAULT_MAX_FRAME_BYTES, type RemotingFrame } from "../protocol/frame.ts";

export interface RemotingClientOptions {
  /** How long a request may take, connecting included, unless it says otherwise. Default 5,000 ms. */
  readonly deadlineMs?: number;
  /** How long a TCP connection may take to come about. Default 3,000 ms, as the Java client's connectTimeoutMillis. */
  readonly connectTimeoutMs?: number;
  /** The largest frame that is sent or accepted. Default 16 MiB, as RocketMQ's frameMaxLength. */
  readonly maxFrameBytes?: number;
  /** How many requests may be unanswered on one connection. Default 10,000. */
  readonly maxInFlight?: number;
  /** How many bytes may wait to be sent on one connection. Default 64 MiB. */
  readonly maxUnsentBytes?: number;
  /** Called with each request of a peer that wants no answer, such as CHECK_TRANSACTION_STATE. It must not throw. */
  readonly onOneWay?: (address: string, frame: RemotingFrame) => void;
}

export interface RequestOptions {
  /** Overrides the client's `deadlineMs`. */
  readonly deadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type ClientSettings = Required<RemotingClientOptions>;

export function clientSettings(options: RemotingClientOptions): ClientSettings {
  return {
    deadlineMs: checkedDuration("deadlineMs", options.deadlineMs ?? 5_000),
    connectTimeoutMs: checkedDuration("connectTimeoutMs", options.connectTimeoutMs ?? 3_000),
    maxFrameBytes: options.maxFrameBytes ?? DEFAULT_MAX_FRAME_BYTES,
    maxInFlight: options.maxInFlight ?? 10_000,
    maxUnsentBytes: options.maxUnsentBytes ?? 64 * 1024 * 1024,
    onOneWay: options.onOneWay ?? (() => undefined),
  };
}

/** What setTimeout can wait for; it takes anything longer for 1 ms. */
const MAX_DURATION_MS = 2 ** 31 - 1;

export function checkedDuration(name: string, ms: number): number {
  if (ms <= MAX_DURATION_MS) return ms;
  throw new RemotingError("ARGUMENT_INVALID", `${name} is ${ms}, but may be ${MAX_DURATION_MS} at most`);
}
