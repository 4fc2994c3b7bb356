import { crc32 } from "node:zlib";
import { encodeProperties } from "../message/properties.ts";

/** A message as a broker would store it; its CRC follows from the body. */
export interface StorableMessage {
  readonly topic: string;
  readonly queueId: number;
  readonly flag: number;
  readonly queueOffset: number;
  readonly commitLogOffset: number;
  readonly sysFlag: number;
  readonly bornTimestamp: number;
  readonly storeTimestamp: number;
  readonly port: number;
  readonly body: Uint8Array;
  readonly properties: Readonly<Record<string, string>>;
}

/** Both hosts of a message have IPv6 addresses (MessageSysFlag.java). */
export const V6_HOSTS = 0x30;

/** As MessageDecoder.encode writes it; a topic longer than 127 bytes needs the second version. */
export function encodeStored(message: StorableMessage): Buffer {
  const topic = Buffer.from(message.topic);
  const properties = Buffer.from(encodeProperties(message.properties));
  const v2 = topic.length > 127;
  const host = Buffer.alloc((message.sysFlag & V6_HOSTS) === V6_HOSTS ? 20 : 8, 0xab);
  host.writeInt32BE(message.port, host.length - 4);
  const parts = [
    int32(0),
    int32(v2 ? -626_843_477 : -626_843_481),
    int32(crc32(message.body) & 0x7fffffff),
    int32(message.queueId),
    int32(message.flag),
    long(message.queueOffset),
    long(message.commitLogOffset),
    int32(message.sysFlag),
    long(message.bornTimestamp),
    host,
    long(message.storeTimestamp),
    host,
    int32(0),
    long(0),
    int32(message.body.length),
    message.body,
    v2 ? int16(topic.length) : Buffer.of(topic.length),
    topic,
    int16(properties.length),
    properties,
  ];
  const bytes = Buffer.concat(parts);
  bytes.writeInt32BE(bytes.length, 0);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}
