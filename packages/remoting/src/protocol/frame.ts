import { RemotingError } from "../errors/remoting-error.ts";
import { parseRelaxedJson } from "../json/relaxed-json.ts";
import { decodeBinaryHeader } from "./binary-header.ts";

/** RocketMQ's own default, `com.rocketmq.remoting.frameMaxLength` (NettyDecoder.java): 16 MiB. */
export const DEFAULT_MAX_FRAME_BYTES = 16_777_216;

/** `MQVersion.CURRENT_VERSION` of 5.5.0. Peers choose formats by it: from 401 (4.9.4) a route is standard JSON. */
export const PROTOCOL_VERSION = 513;

const RESPONSE_FLAG = 1;
const ONE_WAY_FLAG = 2;
const EMPTY_BODY = Buffer.alloc(0);
const NO_FIELDS: Readonly<Record<string, string>> = Object.freeze({});

/** What a header carries, whichever way it is serialized (RemotingCommand.java). */
export interface FrameHeader {
  readonly code: number;
  readonly language: string;
  readonly version: number;
  readonly opaque: number;
  readonly flag: number;
  readonly remark: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
}

/** One command on the wire. `body` may share memory with its neighbours: copy it to keep it long. */
export interface RemotingFrame extends FrameHeader {
  readonly serialization: "JSON" | "ROCKETMQ";
  readonly body: Buffer;
}

export type FieldValue = string | number | bigint | boolean;

/** What it takes to write a frame. Fields that are undefined are left out. */
export interface FrameToEncode {
  readonly code: number;
  readonly opaque: number;
  readonly kind: "request" | "one-way" | "response";
  readonly fields?: Readonly<Record<string, FieldValue | undefined>> | undefined;
  readonly remark?: string | undefined;
  readonly body?: Uint8Array | undefined;
}

export function isResponse(frame: FrameHeader): boolean {
  return (frame.flag & RESPONSE_FLAG) !== 0;
}

export function isOneWay(frame: FrameHeader): boolean {
  return (frame.flag & ONE_WAY_FLAG) !== 0;
}

/** Encodes a frame: total length, serialization type and header length, JSON header, body. */
export function encodeFrame(frame: FrameToEncode): Buffer {
  const flag = frame.kind === "request" ? 0 : frame.kind === "one-way" ? ONE_WAY_FLAG : RESPONSE_FLAG;
  const header = JSON.stringify({
    code: frame.code,
    language: "NODE_JS",
    version: PROTOCOL_VERSION,
    opaque: frame.opaque,
    flag,
    remark: frame.remark,
    extFields: frame.fields === undefined ? undefined : stringFields(frame.fields),
    serializeTypeCurrentRPC: "JSON",
  });
  const headerBytes = Buffer.byteLength(header);
  const bodyBytes = frame.body?.byteLength ?? 0;
  const buffer = Buffer.allocUnsafe(8 + headerBytes + bodyBytes);
  buffer.writeInt32BE(4 + headerBytes + bodyBytes, 0);
  // The top byte is the serialization type, and JSON is 0.
  buffer.writeInt32BE(headerBytes, 4);
  buffer.write(header, 8);
  if (frame.body !== undefined) buffer.set(frame.body, 8 + headerBytes);
  return buffer;
}

function stringFields(fields: Readonly<Record<string, FieldValue | undefined>>): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) strings[name] = typeof value === "string" ? value : String(value);
  }
  return strings;
}

/** Checks the first bytes of a frame, as soon as they are there. Throws FRAME_TOO_LARGE or FRAME_INVALID. */
export function checkFrameLength(frameBytes: number, maxFrameBytes: number): void {
  // Four bytes for the header's length, and a header is never empty.
  if (frameBytes < 5) {
    throw new RemotingError("FRAME_INVALID", `A frame cannot be ${frameBytes} bytes long`, {
      hint: NOT_ROCKETMQ,
    });
  }
  if (frameBytes > maxFrameBytes) {
    throw new RemotingError(
      "FRAME_TOO_LARGE",
      `The peer announced a frame of ${frameBytes} bytes; the maximum is ${maxFrameBytes}`,
      { hint: NOT_ROCKETMQ },
    );
  }
}

export function checkHeaderWord(headerWord: number, frameBytes: number): void {
  const type = headerWord >>> 24;
  if (type > 1) {
    throw new RemotingError("FRAME_INVALID", `A frame names serialization type ${type}; 0 and 1 exist`, {
      hint: NOT_ROCKETMQ,
    });
  }
  const headerBytes = headerWord & 0xffffff;
  if (headerBytes > frameBytes - 4) {
    throw new RemotingError(
      "FRAME_INVALID",
      `A frame of ${frameBytes} bytes cannot hold a header of ${headerBytes} bytes`,
      { hint: NOT_ROCKETMQ },
    );
  }
}

const NOT_ROCKETMQ =
  "Check that the address is a RocketMQ remoting port and not, say, the HA or the proxy's gRPC port";

/** Decodes one whole frame, without its first four bytes (the total length). */
export function decodeFrame(bytes: Buffer): RemotingFrame {
  const headerWord = bytes.readInt32BE(0);
  checkHeaderWord(headerWord, bytes.length);
  const headerEnd = 4 + (headerWord & 0xffffff);
  const headerBytes = bytes.subarray(4, headerEnd);
  const binary = headerWord >>> 24 === 1;
  const header = binary ? decodeBinaryHeader(headerBytes) : decodeJsonHeader(headerBytes);
  return {
    code: header.code,
    language: header.language,
    version: header.version,
    opaque: header.opaque,
    flag: header.flag,
    remark: header.remark,
    fields: header.fields,
    serialization: binary ? "ROCKETMQ" : "JSON",
    body: headerEnd === bytes.length ? EMPTY_BODY : bytes.subarray(headerEnd),
  };
}

// Checked by hand, not by zod: this runs for every frame of a busy producer.
function decodeJsonHeader(bytes: Buffer): FrameHeader {
  const header = parseHeader(bytes.toString("utf8"));
  if (typeof header !== "object" || header === null || !("code" in header) || !("opaque" in header)) {
    throw new RemotingError(
      "FRAME_INVALID",
      "A frame's header is not a JSON object with a code and an opaque",
    );
  }
  return {
    code: int32(header.code, "code"),
    language: "language" in header && typeof header.language === "string" ? header.language : "OTHER",
    version: "version" in header ? int32(header.version, "version") : 0,
    opaque: int32(header.opaque, "opaque"),
    flag: "flag" in header ? int32(header.flag, "flag") : 0,
    remark: "remark" in header && typeof header.remark === "string" ? header.remark : undefined,
    fields: "extFields" in header ? checkedFields(header.extFields) : NO_FIELDS,
  };
}

function parseHeader(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A peer with an old fastjson may write the relaxed kind in headers too.
    try {
      return parseRelaxedJson(text);
    } catch (cause) {
      throw new RemotingError("FRAME_INVALID", "A frame's header is not JSON", { cause });
    }
  }
}

function int32(value: unknown, name: string): number {
  if (typeof value !== "number" || (value | 0) !== value) {
    throw new RemotingError("FRAME_INVALID", `A frame's ${name} is not a 32-bit integer`);
  }
  return value;
}

function checkedFields(value: unknown): Readonly<Record<string, string>> {
  if (value === null || value === undefined) return NO_FIELDS;
  if (!isStringRecord(value)) {
    throw new RemotingError("FRAME_INVALID", "A frame's extFields are not strings by name");
  }
  return value;
}

function isStringRecord(value: unknown): value is Record<string, string> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === "string")
  );
}
