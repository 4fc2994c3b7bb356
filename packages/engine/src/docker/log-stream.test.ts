import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { demultiplex, logLines } from "./log-stream.ts";

function frame(stream: 1 | 2, text: string): Buffer {
  const data = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}

async function* cut(whole: Buffer, sizes: readonly number[]) {
  let at = 0;
  for (const size of sizes) {
    if (at >= whole.length) return;
    yield whole.subarray(at, at + size);
    at += size;
  }
  if (at < whole.length) yield whole.subarray(at);
}

async function read(whole: Buffer, sizes: readonly number[] = []) {
  const lines = [];
  for await (const line of logLines(demultiplex(cut(whole, sizes)))) lines.push(line);
  return lines;
}

describe("Docker's log stream", () => {
  const time = "2026-11-23T03:00:51.245000000Z";
  const whole = Buffer.concat([
    frame(1, `${time} first\n`),
    frame(2, `${time} to stderr\n${time} `),
    frame(1, `${time} zwei ✓\n`),
    frame(2, "half\n"),
  ]);
  const expected = [
    { at: new Date(time), stream: "stdout", text: "first" },
    { at: new Date(time), stream: "stderr", text: "to stderr" },
    { at: new Date(time), stream: "stdout", text: "zwei ✓" },
    { at: new Date(time), stream: "stderr", text: "half" },
  ];

  it("gives lines with time and stream, also of lines that come in pieces", async () => {
    expect(await read(whole)).toEqual(expected);
  });

  it("may be cut anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 20 })), async (sizes) => {
        expect(await read(whole, sizes)).toEqual(expected);
      }),
    );
  });

  it("with a last line that has no end, or no time, is still read", async () => {
    expect((await read(frame(1, "no time here"))).map(({ text }) => text)).toEqual(["no time here"]);
  });
});
