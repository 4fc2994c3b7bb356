import { RemotingError } from "../errors/remoting-error.ts";

const NAME_END = "\u0001";
const PROPERTY_END = "\u0002";
/** A stored message's properties have a signed 16-bit length (MessageDecoder.java). */
export const MAX_PROPERTIES_BYTES = 32_767;

/** Names RocketMQ itself gives a meaning to (MessageConst.java). */
export const propertyNames = {
  keys: "KEYS",
  tags: "TAGS",
  waitStoreMessageOk: "WAIT",
  delayLevel: "DELAY",
  uniqueKey: "UNIQ_KEY",
  shardingKey: "__SHARDINGKEY",
  realTopic: "REAL_TOPIC",
  retryTopic: "RETRY_TOPIC",
  /** Not before this moment, in milliseconds since 1970. */
  timerDeliverMs: "TIMER_DELIVER_MS",
  transactionPrepared: "TRAN_MSG",
  producerGroup: "PGROUP",
  /** The receipt of a message that is popped again. */
  popReceipt: "POP_CK",
} as const;

export type MessageProperties = Readonly<Record<string, string>>;

/** Joins properties as RocketMQ stores them. Throws ARGUMENT_INVALID for what could not be read back. */
export function encodeProperties(properties: MessageProperties): string {
  let text = "";
  for (const name in properties) {
    const value = properties[name];
    if (value === undefined) continue;
    // The decoder drops a property whose name or value is empty (MessageDecoder.string2messageProperties).
    if (name === "" || value === "" || hasSeparator(name) || hasSeparator(value)) {
      throw new RemotingError("ARGUMENT_INVALID", `The property ${JSON.stringify(name)} cannot be stored`, {
        hint: "Names and values are not empty and without the characters U+0001 and U+0002",
      });
    }
    text += name + NAME_END + value + PROPERTY_END;
  }
  return text;
}

function hasSeparator(text: string): boolean {
  return text.includes(NAME_END) || text.includes(PROPERTY_END);
}

/** Splits stored properties. Like RocketMQ's own decoder it passes over pieces that are no property. */
export function decodeProperties(text: string): MessageProperties {
  const entries: [string, string][] = [];
  for (const piece of text.split(PROPERTY_END)) {
    const nameEnd = piece.indexOf(NAME_END);
    if (nameEnd > 0 && nameEnd < piece.length - 1)
      entries.push([piece.slice(0, nameEnd), piece.slice(nameEnd + 1)]);
  }
  return Object.fromEntries(entries);
}
