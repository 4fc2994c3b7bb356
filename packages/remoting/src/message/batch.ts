import { RemotingError } from "../errors/remoting-error.ts";
import { encodeProperties, MAX_PROPERTIES_BYTES, type MessageProperties } from "./properties.ts";

/** One message of a batch. */
export interface BatchMessage {
  readonly body: Uint8Array;
  readonly properties?: MessageProperties;
  readonly flag?: number;
}

/** Writes a batch's body (MessageDecoder.encodeMessages): for each message size, magic, CRC, flag, body, properties. */
export function encodeBatch(messages: readonly BatchMessage[]): Buffer {
  const properties = messages.map((message) => Buffer.from(encodeProperties(message.properties ?? {})));
  const tooLong = properties.find((bytes) => bytes.length > MAX_PROPERTIES_BYTES);
  if (tooLong !== undefined) throw propertiesTooLong(tooLong.length);
  const total = messages.reduce((sum, message, n) => sum + sizeOf(message.body, properties[n]), 0);
  const batch = Buffer.allocUnsafe(total);
  let at = 0;
  for (const [n, message] of messages.entries()) {
    const text = properties[n] ?? Buffer.alloc(0);
    batch.writeInt32BE(sizeOf(message.body, text), at);
    // The broker sets magic code and checksum itself.
    batch.fill(0, at + 4, at + 12);
    batch.writeInt32BE(message.flag ?? 0, at + 12);
    batch.writeInt32BE(message.body.length, at + 16);
    batch.set(message.body, at + 20);
    at += 20 + message.body.length;
    batch.writeInt16BE(text.length, at);
    batch.set(text, at + 2);
    at += 2 + text.length;
  }
  return batch;
}

export function propertiesTooLong(bytes: number): RemotingError {
  return new RemotingError(
    "ARGUMENT_INVALID",
    `A message's properties take ${bytes} bytes; ${MAX_PROPERTIES_BYTES} fit`,
  );
}

function sizeOf(body: Uint8Array, properties: Uint8Array | undefined): number {
  return 4 + 4 + 4 + 4 + 4 + body.length + 2 + (properties?.length ?? 0);
}
