import { createHash } from "node:crypto";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { parseLine } from "../history/parse-line.ts";
import type { StoredRecord } from "../history/record.ts";

/** A history in one compressed file. */
export interface Fixture {
  readonly records: readonly StoredRecord[];
  /** SHA-256 of everything before the last line, as a reader finds it. */
  readonly sha256: string;
}

/** A whole history, with a right end record, as bytes of a `.ndjson.br` file. */
export function packFixture(records: readonly StoredRecord[]): Buffer {
  const body = records.filter(({ type }) => type !== "end");
  const end = records.find(({ type }) => type === "end");
  if (end?.type !== "end") throw new TypeError("a run without its end is no fixture");
  const text = body.map((record) => `${JSON.stringify(record)}\n`).join("");
  const sha256 = createHash("sha256").update(text).digest("hex");
  const last = `${JSON.stringify({ ...end, records: body.length, sha256 })}\n`;
  return brotliCompressSync(text + last, {
    params: {
      // The highest ones take a minute for a tenth less.
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  });
}

/** @throws JudgeError HISTORY_CORRUPT where a line is no record of the schema. */
export function unpackFixture(bytes: Buffer, name: string): Fixture {
  const text = brotliDecompressSync(bytes).toString("utf8");
  const lines = text.trimEnd().split("\n");
  const last = text.lastIndexOf("\n", text.length - 2) + 1;
  return {
    records: lines.map((line, index) => parseLine(line, `${name}:${index + 1}`)),
    sha256: createHash("sha256").update(text.slice(0, last)).digest("hex"),
  };
}
