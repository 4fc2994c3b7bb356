import fc from "fast-check";
import { expect, test } from "vitest";
import { RemotingError } from "../errors/remoting-error.ts";
import { decodeBinaryHeader } from "./binary-header.ts";
import { decodeFrame } from "./frame.ts";

interface Header {
  readonly code: number;
  readonly version: number;
  readonly opaque: number;
  readonly flag: number;
  readonly remark: string;
  readonly fields: Readonly<Record<string, string>>;
}

// As RocketMQSerializable.rocketMQProtocolEncode writes it.
function encode(header: Header): Buffer {
  const fields = Buffer.concat(
    Object.entries(header.fields).flatMap(([key, value]) => [text(key, 2), text(value, 4)]),
  );
  const fixed = Buffer.alloc(13);
  fixed.writeInt16BE(header.code, 0);
  fixed.writeUInt8(0, 2);
  fixed.writeInt16BE(header.version, 3);
  fixed.writeInt32BE(header.opaque, 5);
  fixed.writeInt32BE(header.flag, 9);
  const fieldBytes = Buffer.alloc(4);
  fieldBytes.writeInt32BE(fields.length);
  return Buffer.concat([fixed, text(header.remark, 4), fieldBytes, fields]);
}

function text(value: string, lengthBytes: 2 | 4): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(lengthBytes);
  length.writeIntBE(bytes.length, 0, lengthBytes);
  return Buffer.concat([length, bytes]);
}

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const int16 = fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 });
const anyHeader: fc.Arbitrary<Header> = fc.record({
  code: int16,
  version: int16,
  opaque: int32,
  flag: int32,
  remark: fc.string({ unit: "grapheme" }),
  fields: fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })),
});

test("every header comes out as RocketMQ wrote it", () => {
  fc.assert(
    fc.property(anyHeader, (header) => {
      const decoded = decodeBinaryHeader(encode(header));
      expect(decoded).toEqual({
        ...header,
        fields: { ...header.fields },
        remark: header.remark || undefined,
        language: "JAVA",
      });
    }),
  );
});

test("a frame says which kind of header it has", () => {
  const header = encode({ code: 0, version: 513, opaque: 3, flag: 1, remark: "", fields: { msgId: "7F" } });
  const word = Buffer.alloc(4);
  word.writeInt32BE((1 << 24) | header.length);
  const frame = decodeFrame(Buffer.concat([word, header, Buffer.from("body")]));
  expect(frame).toMatchObject({ serialization: "ROCKETMQ", opaque: 3, fields: { msgId: "7F" } });
  expect(frame.body.toString()).toBe("body");
});

test("a cut or altered header is a RemotingError or another header, never more", () => {
  fc.assert(
    fc.property(anyHeader, fc.nat(), fc.nat({ max: 255 }), fc.nat(), (header, place, value, length) => {
      const bytes = encode(header);
      bytes[place % bytes.length] = value;
      try {
        decodeBinaryHeader(bytes.subarray(0, length % (bytes.length + 1)));
      } catch (error) {
        expect(error).toBeInstanceOf(RemotingError);
      }
    }),
  );
});
