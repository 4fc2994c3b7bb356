import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
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
 * Reads what the collected logs hold since the last look, whichever process looked; each line is judged once. Gives what fails a test, one
 * text a message of a container: errors that expected.ts does not name, hot loops, and a JVM that cannot go on. They are also added to
 * `complaints.txt`, for a person who looks at the whole run.
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
    const container = name.split("@")[0] ?? name;
    for (const { what, times, text: said } of complaintsIn(logEvents(text))) {
      complaints.push(`${container}: ${what}, ${times} times: ${said}`);
    }
  }
  writeFileSync(marksFile, JSON.stringify(read));
  appendFileSync(join(logsFolder, "complaints.txt"), complaints.map((line) => `${line}\n`).join(""));
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
