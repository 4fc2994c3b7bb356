import { StringDecoder } from "node:string_decoder";
import type { LogLine, OutputChunk } from "./docker-client.ts";

const headerLength = 8;
/** A line longer than this is handed on in pieces, so that a hostile log cannot fill the memory. */
const maxLine = 64 * 1024;

/**
 * Takes Docker's multiplexed output apart: an 8-byte header (stream, three zeros, big-endian length), then as
 * many bytes. See "Stream format" of the Engine API's container attach.
 */
export async function* demultiplex(source: AsyncIterable<Buffer>): AsyncGenerator<OutputChunk> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length >= headerLength) {
      const length = pending.readUInt32BE(4);
      if (pending.length < headerLength + length) break;
      const data = pending.subarray(headerLength, headerLength + length);
      yield { stream: pending[0] === 2 ? "stderr" : "stdout", data };
      pending = pending.subarray(headerLength + length);
    }
  }
}

/** Lines of a log that was asked for with timestamps. */
export async function* logLines(chunks: AsyncIterable<OutputChunk>): AsyncGenerator<LogLine> {
  const partial = { stdout: "", stderr: "" };
  // A character may be cut by the end of a frame.
  const decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  for await (const { stream, data } of chunks) {
    const lines = (partial[stream] + decoders[stream].write(data)).split("\n");
    partial[stream] = lines.pop() ?? "";
    for (const line of lines) yield parseLine(stream, line);
    if (partial[stream].length > maxLine) {
      yield parseLine(stream, partial[stream]);
      partial[stream] = "";
    }
  }
  for (const stream of ["stdout", "stderr"] as const) {
    if (partial[stream] !== "") yield parseLine(stream, partial[stream]);
  }
}

function parseLine(stream: "stdout" | "stderr", line: string): LogLine {
  const space = line.indexOf(" ");
  const at = new Date(space < 0 ? line : line.slice(0, space));
  if (Number.isNaN(at.getTime())) return { at: new Date(0), stream, text: line };
  return { at, stream, text: space < 0 ? "" : line.slice(space + 1).replace(/\r$/, "") };
}

export async function* asBuffers(source: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    if (Buffer.isBuffer(chunk)) yield chunk;
    else if (typeof chunk === "string") yield Buffer.from(chunk);
  }
}
