import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RemotingError } from "../errors/remoting-error.ts";
import { anyFrame, cutAt } from "../testing/arbitraries.ts";
import { thrownBy } from "../testing/failure.ts";
import { encodeFrame, type FrameToEncode, isOneWay, isResponse, type RemotingFrame } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";

function decodeAll(pieces: readonly Buffer[], decoder = new FrameDecoder()): RemotingFrame[] {
  const frames: RemotingFrame[] = [];
  for (const piece of pieces) decoder.push(piece, (frame) => frames.push(frame));
  return frames;
}

function expectSame(frame: RemotingFrame | undefined, original: FrameToEncode): void {
  expect(frame).toMatchObject({
    code: original.code,
    opaque: original.opaque,
    remark: original.remark,
    fields: original.fields ?? {},
    language: "NODE_JS",
    serialization: "JSON",
  });
  expect(frame?.body.equals(original.body ?? new Uint8Array())).toBe(true);
  if (frame === undefined) return;
  expect(isResponse(frame)).toBe(original.kind === "response");
  expect(isOneWay(frame)).toBe(original.kind === "one-way");
}

describe("a stream of frames", () => {
  test("comes out as it went in, however it is cut", () => {
    fc.assert(
      fc.property(
        fc.array(anyFrame, { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (originals, places) => {
          const stream = Buffer.concat(originals.map(encodeFrame));
          const frames = decodeAll(cutAt(stream, places));
          expect(frames).toHaveLength(originals.length);
          originals.forEach((original, n) => {
            expectSame(frames[n], original);
          });
        },
      ),
    );
  });

  test("survives a cut at every byte, and all cuts at once", () => {
    const originals: FrameToEncode[] = [
      { code: 105, opaque: 1, kind: "request", fields: { topic: "orders" } },
      { code: 0, opaque: 1, kind: "response", remark: "ü", body: Buffer.from("[0]") },
      { code: 40, opaque: 2, kind: "one-way" },
    ];
    const stream = Buffer.concat(originals.map(encodeFrame));
    for (let place = 0; place <= stream.length; place += 1) {
      decodeAll(cutAt(stream, [place])).forEach((frame, n) => {
        expectSame(frame, originals[n] ?? { code: 0, opaque: 0, kind: "request" });
      });
    }
    const single = Array.from(stream, (byte) => Buffer.of(byte));
    expect(decodeAll(single).map((frame) => frame.code)).toEqual([105, 0, 40]);
  });

  test("that ends inside a frame is FRAME_TRUNCATED, one that ends behind it is not", () => {
    fc.assert(
      fc.property(anyFrame, fc.nat(), (original, place) => {
        const bytes = encodeFrame(original);
        const kept = place % (bytes.length + 1);
        const decoder = new FrameDecoder();
        decodeAll([bytes.subarray(0, kept)], decoder);
        if (kept === 0 || kept === bytes.length) decoder.end();
        else expect(thrownBy(() => decoder.end()).code).toBe("FRAME_TRUNCATED");
      }),
    );
  });

  test("of any bytes gives frames or a FRAME error, and stays failed", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 8 }), (pieces) => {
        const decoder = new FrameDecoder(1024);
        let failed = false;
        for (const piece of pieces) {
          try {
            decoder.push(Buffer.from(piece), () => undefined);
            expect(failed && piece.length > 0).toBe(false);
          } catch (error) {
            failed = true;
            expect(error).toBeInstanceOf(RemotingError);
          }
          expect(decoder.pendingBytes).toBeLessThanOrEqual(1028);
        }
      }),
    );
  });

  test("with one byte changed never throws anything but a RemotingError", () => {
    fc.assert(
      fc.property(anyFrame, fc.nat(), fc.nat({ max: 255 }), (original, place, value) => {
        const bytes = encodeFrame(original);
        bytes[place % bytes.length] = value;
        const decoder = new FrameDecoder(4096);
        try {
          decoder.push(bytes, () => undefined);
          decoder.end();
        } catch (error) {
          expect(error).toBeInstanceOf(RemotingError);
        }
      }),
    );
  });
});

describe("a bad start", () => {
  test.each([
    ["a huge length, at its fourth byte", [0x7f, 0xff, 0xff, 0xff], "FRAME_TOO_LARGE"],
    ["one byte more than the maximum", [0x01, 0x00, 0x00, 0x01], "FRAME_TOO_LARGE"],
    ["a negative length", [0xff, 0xff, 0xff, 0xff], "FRAME_INVALID"],
    ["a length without room for a header", [0, 0, 0, 4], "FRAME_INVALID"],
    ["a header longer than its frame", [0, 0, 0, 16, 0, 0, 0, 13], "FRAME_INVALID"],
    ["an unknown serialization", [0, 0, 0, 16, 7, 0, 0, 12], "FRAME_INVALID"],
  ])("is refused at once: %s", (_, bytes, code) => {
    expect(thrownBy(() => decodeAll([Buffer.from(bytes)])).code).toBe(code);
    expect(thrownBy(() => decodeAll(bytes.map((byte) => Buffer.of(byte)))).code).toBe(code);
  });

  test("gives the frames in front of it first", () => {
    const good = encodeFrame({ code: 0, opaque: 7, kind: "response" });
    const frames: RemotingFrame[] = [];
    const push = () =>
      new FrameDecoder().push(Buffer.concat([good, Buffer.from("GET / HTTP/1.1\r\n")]), (frame) =>
        frames.push(frame),
      );
    expect(thrownBy(push).code).toBe("FRAME_TOO_LARGE");
    expect(frames.map((frame) => frame.opaque)).toEqual([7]);
  });
});

describe("memory", () => {
  test("an announced length alone takes none", () => {
    const decoder = new FrameDecoder();
    const before = process.memoryUsage().arrayBuffers;
    decodeAll([Buffer.of(0, 0xff, 0xff, 0xff, 0, 0xff, 0xff, 0)], decoder);
    expect(decoder.pendingBytes).toBe(8);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  });

  test("a large frame in single bytes takes linear time and its own size", () => {
    const body = Buffer.alloc(500_000, 7);
    const stream = encodeFrame({ code: 0, opaque: 1, kind: "response", body });
    const decoder = new FrameDecoder();
    let frame: RemotingFrame | undefined;
    const before = process.cpuUsage();
    for (let at = 0; at < stream.length; at += 1) {
      decoder.push(stream.subarray(at, at + 1), (decoded) => {
        frame = decoded;
      });
    }
    expect(frame?.body.equals(body)).toBe(true);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3_000);
  });
});
