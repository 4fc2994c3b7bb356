import { RemotingError } from "../errors/remoting-error.ts";
import type { FrameHeader } from "./frame.ts";

/** By their number on the wire: org.apache.rocketmq.remoting.protocol.LanguageCode. */
const languages = [
  "JAVA",
  "CPP",
  "DOTNET",
  "PYTHON",
  "DELPHI",
  "ERLANG",
  "RUBY",
  "OTHER",
  "HTTP",
  "GO",
  "PHP",
  "OMS",
  "RUST",
  "NODE_JS",
];

/**
 * Decodes a header of serialization type ROCKETMQ, which a peer started with `rocketmq.serialize.type=ROCKETMQ`
 * sends (RocketMQSerializable.java): code i16, language i8, version i16, opaque i32, flag i32, remark (i32 length),
 * fields (i32 length of all, then i16-length key and i32-length value each).
 */
export function decodeBinaryHeader(bytes: Buffer): FrameHeader {
  if (bytes.length < 21) throw invalid(`${bytes.length} bytes are too few for a binary header`);
  const remarkBytes = bytes.readInt32BE(13);
  if (remarkBytes < 0 || remarkBytes > bytes.length - 21)
    throw invalid("a binary header's remark leaves the header");
  const fieldsAt = 21 + remarkBytes;
  const fieldBytes = bytes.readInt32BE(fieldsAt - 4);
  if (fieldBytes < 0 || fieldBytes > bytes.length - fieldsAt) {
    throw invalid("a binary header's fields leave the header");
  }
  return {
    code: bytes.readInt16BE(0),
    language: languages[bytes.readUInt8(2)] ?? "OTHER",
    version: bytes.readInt16BE(3),
    opaque: bytes.readInt32BE(5),
    flag: bytes.readInt32BE(9),
    remark: remarkBytes === 0 ? undefined : bytes.toString("utf8", 17, 17 + remarkBytes),
    fields: decodeFields(bytes.subarray(fieldsAt, fieldsAt + fieldBytes)),
  };
}

function decodeFields(bytes: Buffer): Record<string, string> {
  const entries: [string, string][] = [];
  let at = 0;
  while (at < bytes.length) {
    const [key, afterKey] = readText(bytes, at, 2);
    const [value, afterValue] = readText(bytes, afterKey, 4);
    entries.push([key, value]);
    at = afterValue;
  }
  return Object.fromEntries(entries);
}

function readText(bytes: Buffer, at: number, lengthBytes: 2 | 4): [text: string, end: number] {
  const start = at + lengthBytes;
  if (start > bytes.length) throw invalid("a binary header's field is cut off");
  const length = lengthBytes === 2 ? bytes.readInt16BE(at) : bytes.readInt32BE(at);
  if (length < 0 || length > bytes.length - start) throw invalid("a binary header's field leaves the header");
  return [bytes.toString("utf8", start, start + length), start + length];
}

function invalid(why: string): RemotingError {
  return new RemotingError("FRAME_INVALID", `The peer sent what is no frame: ${why}`);
}
