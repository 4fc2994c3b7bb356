import { deflateSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RemotingError } from "../errors/remoting-error.ts";
import { anyProperties } from "../testing/arbitraries.ts";
import { thrownBy } from "../testing/failure.ts";
import { encodeStored, type StorableMessage, V6_HOSTS } from "../testing/stored-bytes.ts";
import { decodeMessageId } from "./message-id.ts";
import { decodeMessage, decodeMessages } from "./stored-message.ts";

const anyMessage: fc.Arbitrary<StorableMessage> = fc.record({
  topic: fc.oneof(fc.stringMatching(/^[a-zA-Z0-9_-]{1,127}$/), fc.stringMatching(/^[a-z]{128,255}$/)),
  queueId: fc.nat(),
  flag: fc.integer(),
  queueOffset: fc.maxSafeNat(),
  commitLogOffset: fc.maxSafeNat(),
  sysFlag: fc.constantFrom(0, V6_HOSTS),
  bornTimestamp: fc.maxSafeNat(),
  storeTimestamp: fc.maxSafeNat(),
  port: fc.nat({ max: 65_535 }),
  body: fc.uint8Array({ maxLength: 200 }),
  properties: anyProperties,
});

describe("stored messages", () => {
  test("come out as they were stored, one behind the other", () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 4 }), (originals) => {
        const messages = decodeMessages(Buffer.concat(originals.map(encodeStored)));
        expect(messages).toHaveLength(originals.length);
        originals.forEach((original, n) => {
          const { body, port, ...same } = original;
          expect(messages[n]).toMatchObject({ ...same, properties: { ...original.properties } });
          expect(messages[n]?.body.equals(body)).toBe(true);
          expect(messages[n]?.storeHost.endsWith(`:${port}`)).toBe(true);
          expect(decodeMessageId(messages[n]?.offsetMessageId ?? "")).toMatchObject({
            address: messages[n]?.storeHost,
            commitLogOffset: original.commitLogOffset,
          });
        });
      }),
    );
  });

  test("cut anywhere are MESSAGE_INVALID", () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), (original, place) => {
        const bytes = encodeStored(original);
        const kept = bytes.subarray(0, 1 + (place % (bytes.length - 1)));
        expect(thrownBy(() => decodeMessages(kept)).code).toBe("MESSAGE_INVALID");
        expect(thrownBy(() => decodeMessage(kept)).code).toBe("MESSAGE_INVALID");
      }),
    );
  });

  test("with any byte altered are a message or a RemotingError", () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), fc.nat({ max: 255 }), (original, place, value) => {
        const bytes = encodeStored(original);
        bytes[place % bytes.length] = value;
        try {
          decodeMessages(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RemotingError);
        }
      }),
    );
  });
});

const plain: StorableMessage = {
  topic: "orders",
  queueId: 1,
  flag: 0,
  queueOffset: 2,
  commitLogOffset: 3,
  sysFlag: 0,
  bornTimestamp: 4,
  storeTimestamp: 5,
  port: 10_911,
  body: Buffer.from("x".repeat(500)),
  properties: {},
};

describe("a body", () => {
  test("that was altered fails its checksum", () => {
    const bytes = encodeStored(plain);
    bytes[bytes.indexOf("xxx") + 7] = 0x79;
    expect(thrownBy(() => decodeMessage(bytes)).message).toContain("checksum");
  });

  test.each([
    ["zlib, as old clients mark it", 1, deflateSync(plain.body)],
    ["zlib", 1 | (3 << 8), deflateSync(plain.body)],
    ["zstd", 1 | (2 << 8), zstdCompressSync(plain.body)],
  ])("is decompressed: %s", (_, sysFlag, body) => {
    expect(decodeMessage(encodeStored({ ...plain, sysFlag, body })).body.equals(plain.body)).toBe(true);
  });

  test.each([
    ["lz4", 1 | (1 << 8), "COMPRESSION_UNSUPPORTED"],
    ["an unknown algorithm", 1 | (7 << 8), "COMPRESSION_UNSUPPORTED"],
    ["broken zlib", 1 | (3 << 8), "MESSAGE_INVALID"],
  ])("of %s is refused with a reason", (_, sysFlag, code) => {
    expect(thrownBy(() => decodeMessage(encodeStored({ ...plain, sysFlag }))).code).toBe(code);
  });

  test("that would inflate beyond all bounds is refused", () => {
    const bomb = deflateSync(Buffer.alloc(80 * 1024 * 1024), { level: 1 });
    const bytes = encodeStored({ ...plain, sysFlag: 1 | (3 << 8), body: bomb });
    expect(thrownBy(() => decodeMessage(bytes)).code).toBe("MESSAGE_INVALID");
  });

  test("is refused in a crowd of bombs, each of which would be small enough", () => {
    const body = deflateSync(Buffer.alloc(60 * 1024 * 1024), { level: 1 });
    const crowd = Buffer.concat(Array(5).fill(encodeStored({ ...plain, sysFlag: 1 | (3 << 8), body })));
    expect(thrownBy(() => decodeMessages(crowd)).code).toBe("MESSAGE_INVALID");
  }, 30_000);
});
