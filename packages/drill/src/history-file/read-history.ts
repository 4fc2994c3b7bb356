import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { JudgeError } from "@hotfire/judge";
import type { HistoryRecord } from "@hotfire/judge/history";
import { parseLine } from "@hotfire/judge/history";
import { DrillError } from "../errors/drill-error.ts";

const newline = 10;
/** A read-back record of a thousand messages has 30 kB; a line this long is not ours. */
const maxLineBytes = 16 * 1024 * 1024;

/**
 * Streams a history in batches of one disk read each. A torn last line becomes a `torn` record; any other line that
 * is not a record is HISTORY_CORRUPT with its line number. `onDigest` gets the SHA-256 of everything before
 * the last whole line, once it is read.
 */
export async function* readHistory(
  path: string,
  onDigest?: (sha256: string) => void,
): AsyncGenerator<HistoryRecord[]> {
  const name = basename(path);
  let rest = Buffer.alloc(0);
  let line = 0;
  const hash = createHash("sha256");
  // The last whole line so far: it is not hashed before another one follows.
  let held = Buffer.alloc(0);
  const stream = createReadStream(path, { highWaterMark: 1024 * 1024 });
  try {
    for await (const piece of stream) {
      if (!Buffer.isBuffer(piece)) continue;
      const last = piece.lastIndexOf(newline);
      if (last < 0) {
        rest = Buffer.concat([rest, piece]);
        if (rest.length > maxLineBytes) {
          throw new JudgeError("HISTORY_CORRUPT", `${name}:${line + 1} is longer than 16 MiB.`);
        }
        continue;
      }
      const lines =
        rest.length === 0 ? piece.subarray(0, last + 1) : Buffer.concat([rest, piece.subarray(0, last + 1)]);
      const lastBegin = lines.lastIndexOf(newline, lines.length - 2) + 1;
      hash.update(held).update(lines.subarray(0, lastBegin));
      held = Buffer.from(lines.subarray(lastBegin));
      const text = lines.toString("utf8", 0, lines.length - 1);
      rest = Buffer.from(piece.subarray(last + 1));
      const batch: HistoryRecord[] = [];
      for (const written of text.split("\n")) {
        line += 1;
        batch.push(parseLine(written, `${name}:${line}`));
      }
      yield batch;
    }
  } catch (cause) {
    if (cause instanceof JudgeError) throw cause;
    throw new DrillError("HISTORY_UNREADABLE", `${path} cannot be read.`, { cause });
  }
  if (rest.length > 0) yield [{ type: "torn", bytes: rest.length }];
  onDigest?.(hash.digest("hex"));
}
