import type { OutputChunk } from "@hotfire/engine";
import { sequenceProperty } from "@hotfire/judge/history";
import type { OfficialClientOptions } from "./official-client.ts";

/** A running program around an official client: commands in, lines of JSON out, noise on stderr. */
export interface ClientProgram {
  /** Exit code, when all of its output was handed over; -1 when it is not known. Never rejects. */
  readonly exited: Promise<number>;
  write(text: string): void;
  /** Ends it by force. */
  kill(): Promise<void>;
}

/** Starts a program; `onOutput` gets what it prints and does not throw. */
export type StartProgram = (
  options: OfficialClientOptions,
  onOutput: (chunk: OutputChunk) => void,
) => Promise<ClientProgram>;

/** The one argument of every client program, as JSON. */
export function programArgument(options: OfficialClientOptions, endpoints: string): string {
  return JSON.stringify({
    // As text: nanoseconds since boot may be more than a double holds exactly.
    originNanos: String(options.clock.originNs),
    endpoints,
    topic: options.topic,
    groups: options.groups,
    consumerGroup: options.consumerGroup,
    rate: options.rate,
    messageBytes: options.messageBytes,
    produce: options.produce,
    consume: options.consume,
    consumeRate: options.consumeRate ?? 0,
    settings: options.settings ?? "stock",
    sequenceProperty,
  });
}
