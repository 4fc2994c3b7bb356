import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { reportsFolder } from "../names.ts";
import { logEvents } from "./events.ts";
import { complaintsIn } from "./judge.ts";

/** Where the collector of this run writes. */
export const logsFolder: string = join(reportsFolder, "logs");

const marks = z.record(z.string(), z.number());
const marksFile = join(logsFolder, "read.json");

/**
 * Reads what the collected logs hold since the last look, whichever process looked, and gives what must not be there:
 * one text a container. Each line is judged once.
 */
export async function complaintsInUnread(): Promise<string[]> {
  mkdirSync(logsFolder, { recursive: true });
  const read = readMarks();
  const complaints: string[] = [];
  for (const name of readdirSync(logsFolder).filter((file) => file.endsWith(".log"))) {
    const from = read[name] ?? 0;
    const to = statSync(join(logsFolder, name)).size;
    if (to === from) continue;
    const { text, end } = await wholeLines(join(logsFolder, name), from, to);
    read[name] = end;
    const found = complaintsIn(logEvents(text));
    if (found.length === 0) continue;
    const lines = found.map(({ what, times, text: said }) =>
      what === "error" ? `${times} x ${said}` : `${times} times within 10 s: ${said}`,
    );
    complaints.push([`${name.split("@")[0]}:`, ...lines.map((line) => `  ${line}`)].join("\n"));
  }
  writeFileSync(marksFile, JSON.stringify(read));
  return complaints;
}

/** Up to the last whole line: the rest is still being written. */
async function wholeLines(file: string, from: number, to: number): Promise<{ text: string; end: number }> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
  const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
  return { text: buffer.subarray(0, end).toString("utf8"), end: from + end };
}

function readMarks(): z.output<typeof marks> {
  try {
    return marks.parse(JSON.parse(readFileSync(marksFile, "utf8")));
  } catch {
    return {};
  }
}
