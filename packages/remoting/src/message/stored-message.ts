import { crc32 } from "node:zlib";
import { RemotingError } from "../errors/remoting-error.ts";
import { decompressBody, isCompressed, MAX_BODY_BYTES } from "./compression.ts";
import { formatHostPort, formatIp } from "./ip-address.ts";
import { encodeMessageId } from "./message-id.ts";
import { decodeProperties, type MessageProperties, propertyNames } from "./properties.ts";

/** MessageDecoder.MESSAGE_MAGIC_CODE; V2 has topics longer than 127 bytes. */
const MAGIC_V1 = -626_843_481;
const MAGIC_V2 = -626_843_477;
const BORN_HOST_V6 = 1 << 4;
const STORE_HOST_V6 = 1 << 5;
/** What a message has besides hosts, body, topic and properties. */
const FIXED_BYTES = 4 + 4 + 4 + 4 + 4 + 8 + 8 + 4 + 8 + 8 + 4 + 8 + 4;

/** What the compressed messages of one answer may take together. A frame of zip bombs would take gigabytes. */
const MAX_DECOMPRESSED_BYTES = 4 * MAX_BODY_BYTES;

/** A message as a broker stored it. */
export interface StoredMessage {
  readonly topic: string;
  readonly queueId: number;
  /** Its position in the queue. */
  readonly queueOffset: number;
  /** Its byte position in the broker group's commit log. */
  readonly commitLogOffset: number;
  /** The id the broker gave it: its address and commit log offset. */
  readonly offsetMessageId: string;
  /** The id the producer gave it, if it did (property UNIQ_KEY). */
  readonly uniqueKey: string | undefined;
  readonly flag: number;
  readonly sysFlag: number;
  readonly properties: MessageProperties;
  /** Decompressed. May share memory with its neighbours: copy it to keep it long. */
  readonly body: Buffer;
  /** When and where the producer made it; milliseconds since 1970. */
  readonly bornTimestamp: number;
  readonly bornHost: string;
  readonly storeTimestamp: number;
  readonly storeHost: string;
  readonly reconsumeTimes: number;
  readonly preparedTransactionOffset: number;
  /** How many bytes of the commit log it takes. */
  readonly storeSize: number;
}

/** Decodes the messages of a pull's answer, one behind the other. Throws MESSAGE_INVALID or COMPRESSION_UNSUPPORTED. */
export function decodeMessages(bytes: Buffer): StoredMessage[] {
  const messages: StoredMessage[] = [];
  let at = 0;
  let budget = MAX_DECOMPRESSED_BYTES;
  while (at < bytes.length) {
    if (bytes.length - at < 4)
      throw broken(`${bytes.length - at} bytes are left over behind message ${messages.length}`);
    const size = bytes.readInt32BE(at);
    if (size < FIXED_BYTES || size > bytes.length - at) {
      throw broken(
        `message ${messages.length} says it has ${size} bytes, of ${bytes.length - at} that are left`,
      );
    }
    const message = decodeWithin(bytes.subarray(at, at + size), Math.min(budget, MAX_BODY_BYTES));
    if (isCompressed(message.sysFlag)) budget -= message.body.length;
    messages.push(message);
    at += size;
  }
  return messages;
}

/** Decodes one stored message (MessageDecoder.decode) and checks its body against its CRC. */
export function decodeMessage(bytes: Buffer): StoredMessage {
  return decodeWithin(bytes, MAX_BODY_BYTES);
}

function decodeWithin(bytes: Buffer, maxBodyBytes: number): StoredMessage {
  try {
    return decode(new Reader(bytes), bytes.length, maxBodyBytes);
  } catch (cause) {
    if (cause instanceof RemotingError) throw cause;
    throw broken("it is cut off", cause);
  }
}

function decode(reader: Reader, size: number, maxBodyBytes: number): StoredMessage {
  const storeSize = reader.int32();
  if (storeSize !== size) throw broken(`it says it has ${storeSize} bytes, but has ${size}`);
  const magic = reader.int32();
  if (magic !== MAGIC_V1 && magic !== MAGIC_V2) throw broken(`its magic code is ${magic}`);
  const bodyCrc = reader.int32();
  const queueId = reader.int32();
  const flag = reader.int32();
  const queueOffset = reader.long();
  const commitLogOffset = reader.long();
  const sysFlag = reader.int32();
  const bornTimestamp = reader.long();
  const bornHost = reader.host((sysFlag & BORN_HOST_V6) !== 0);
  const storeTimestamp = reader.long();
  const storeHost = reader.host((sysFlag & STORE_HOST_V6) !== 0);
  const reconsumeTimes = reader.int32();
  const preparedTransactionOffset = reader.long();
  const storedBody = reader.bytes(reader.int32());
  checkCrc(storedBody, bodyCrc);
  const topic = reader.text(magic === MAGIC_V2 ? reader.int16() : reader.int8());
  const properties = decodeProperties(reader.text(reader.int16()));
  return {
    topic,
    queueId,
    queueOffset,
    commitLogOffset,
    offsetMessageId: encodeMessageId({ ...storeHost, commitLogOffset }),
    uniqueKey: properties[propertyNames.uniqueKey],
    flag,
    sysFlag,
    properties,
    body: isCompressed(sysFlag) ? decompressBody(storedBody, sysFlag, maxBodyBytes) : storedBody,
    bornTimestamp,
    bornHost: formatHostPort(bornHost.host, bornHost.port),
    storeTimestamp,
    storeHost: formatHostPort(storeHost.host, storeHost.port),
    reconsumeTimes,
    preparedTransactionOffset,
    storeSize,
  };
}

// UtilAll.crc32 drops the sign bit. An empty body has no checksum of interest.
function checkCrc(body: Buffer, expected: number): void {
  if (body.length === 0) return;
  const actual = crc32(body) & 0x7fffffff;
  if (actual !== expected) throw broken(`its body's checksum is ${actual}, but should be ${expected}`);
}

function broken(why: string, cause?: unknown): RemotingError {
  return new RemotingError("MESSAGE_INVALID", `A stored message cannot be read: ${why}`, { cause });
}

/** Reads big-endian values one behind the other; reading past the end throws a RangeError. */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#move(1));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#move(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#move(4));
  }

  long(): number {
    const high = this.int32();
    const value = high * 2 ** 32 + (this.int32() >>> 0);
    if (!Number.isSafeInteger(value)) throw broken("it has a number beyond 2^53");
    return value;
  }

  host(v6: boolean): { host: string; port: number } {
    const host = formatIp(this.bytes(v6 ? 16 : 4));
    return { host, port: this.int32() };
  }

  bytes(length: number): Buffer {
    if (length < 0 || length > this.#bytes.length - this.#at)
      throw broken(`it has a part of ${length} bytes`);
    const start = this.#move(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(length: number): string {
    return this.bytes(length).toString("utf8");
  }

  #move(bytes: number): number {
    const at = this.#at;
    this.#at += bytes;
    return at;
  }
}
