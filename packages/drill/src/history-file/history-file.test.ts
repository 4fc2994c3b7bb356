import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { HistoryRecord } from "@hotfire/judge/history";
import { dledgerLeaderKill } from "@hotfire/judge/synthetic";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HistoryWriter } from "./history-writer.ts";
import { readHistory } from "./read-history.ts";

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "hotfire-history-"));
});
afterEach(() => rm(directory, { recursive: true }));

async function readAll(path: string): Promise<HistoryRecord[]> {
  const records: HistoryRecord[] = [];
  for await (const batch of readHistory(path)) records.push(...batch);
  return records;
}

test("what was written is read again, in order", async () => {
  const path = join(directory, "history.ndjson");
  const written = dledgerLeaderKill({ rate: 20 });
  await using writer = await HistoryWriter.create(path, { highWaterBytes: 64 * 1024 });
  for (const record of written) await writer.write(record);
  await writer.close();
  const read = await readAll(path);
  expect(read).toHaveLength(written.length);
  expect(isDeepStrictEqual(read, written)).toBe(true);
});

test("text beyond ASCII survives the borders of disk reads", async () => {
  const path = join(directory, "history.ndjson");
  await using writer = await HistoryWriter.create(path);
  const line = "主节点切换🚀".repeat(100);
  for (let at = 0; at < 1100; at += 1) await writer.write({ type: "log", at, node: "broker-a-0", line });
  await writer.close();
  const records = await readAll(path);
  expect(records).toHaveLength(1100);
  expect(records.every((record) => record.type === "log" && record.line === line)).toBe(true);
});

test("a fault is in the file before the writer is closed", async () => {
  const path = join(directory, "history.ndjson");
  await using writer = await HistoryWriter.create(path);
  void writer.write({ type: "fault-planned", at: 1, fault: "f", kind: "kill", target: "broker-a:leader" });
  await writer.sync();
  expect(await readFile(path, "utf8")).toContain("fault-planned");
});

test("a writer whose disk is behind asks its caller to wait", async () => {
  await using writer = await HistoryWriter.create(join(directory, "history.ndjson"), {
    highWaterBytes: 300_000,
  });
  const waits = Array.from({ length: 4000 }, (_, at) =>
    writer.write({ type: "log", at, node: "n", line: "x".repeat(100) }),
  );
  const asked = waits.filter((wait) => wait !== undefined);
  expect(asked.length).toBeGreaterThan(0);
  await Promise.all(asked);
});

test("a history is never overwritten", async () => {
  const path = join(directory, "history.ndjson");
  await writeFile(path, "evidence\n");
  await expect(HistoryWriter.create(path)).rejects.toMatchObject({ code: "HISTORY_WRITE_FAILED" });
  expect(await readFile(path, "utf8")).toBe("evidence\n");
});

test("a torn last line is told, the lines before it are read", async () => {
  const path = join(directory, "history.ndjson");
  const phase = { type: "phase", at: 1, name: "baseline" } as const;
  await writeFile(path, `${JSON.stringify(phase)}\n`);
  await appendFile(path, '{"type":"send","seq');
  expect(await readAll(path)).toEqual([phase, { type: "torn", bytes: 19 }]);
});

test("a broken line in the middle is an error with its number", async () => {
  const path = join(directory, "history.ndjson");
  const phase = JSON.stringify({ type: "phase", at: 1, name: "baseline" });
  await writeFile(path, `${phase}\n{"type":\n${phase}\n`);
  await expect(readAll(path)).rejects.toMatchObject({
    code: "HISTORY_CORRUPT",
    message: /history\.ndjson:2/,
  });
});

test("an empty file has no records, a missing one is an error", async () => {
  const path = join(directory, "history.ndjson");
  await writeFile(path, "");
  expect(await readAll(path)).toEqual([]);
  await expect(readAll(join(directory, "none"))).rejects.toMatchObject({ code: "HISTORY_UNREADABLE" });
});
