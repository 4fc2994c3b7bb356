import { crc32 } from "node:zlib";
import { BodyCrc } from "@hotfire/judge/history";
import { expect, test } from "vitest";
import { messageBody } from "./message.ts";

test.each([0, 1, 5, 6, 7, 256, 512, 70_000])(
  "the CRC of a body of %i bytes is that of what a producer sends",
  (bytes) => {
    const crc = new BodyCrc(bytes);
    for (const sequence of [0, 1, 255, 256, 8276, 65_535, 65_536, 1_234_567, 2 ** 31 - 2]) {
      expect(crc.of(sequence)).toBe(crc32(messageBody(sequence, bytes)));
    }
  },
);
