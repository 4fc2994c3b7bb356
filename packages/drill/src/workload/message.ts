import { pattern, patternStart, sequenceProperty } from "@hotfire/judge/history";
import { propertyNames, type StoredMessage } from "@hotfire/remoting";

/** The sequence of a stored message; -1 when it is not one of a drill's. */
export function sequenceOf(message: Pick<StoredMessage, "properties">): number {
  const text = message.properties[sequenceProperty];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : -1;
}

export function messageProperties(sequence: number, key: string | undefined): Record<string, string> {
  const own = { [sequenceProperty]: String(sequence) };
  return key === undefined ? own : { ...own, [propertyNames.shardingKey]: key };
}

/** The same memory. */
const source = Buffer.from(pattern.buffer);

/** Bytes that follow from the sequence alone, so that a checksum tells whether a message is whole and the right one. */
export function messageBody(sequence: number, bytes: number): Buffer {
  const body = Buffer.allocUnsafe(bytes);
  let from = patternStart(sequence);
  for (let at = 0; at < bytes; from = 0) at += source.copy(body, at, from);
  if (bytes >= 6) body.writeUIntBE(sequence, 0, 6);
  else if (bytes > 0) body[0] = sequence & 255;
  return body;
}
