/**
 * Writes a history of N operations (default ten million: half sends, half deliveries in pulls of one message, and
 * everything read back from two replicas), then judges it and prints time and peak memory.
 * Run: node packages/drill/src/bench/judge-bench.ts [operations] [file]
 */
import { existsSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { BodyCrc } from "@hotfire/judge/history";
import { makeHeader, messageBytes } from "@hotfire/judge/synthetic";
import { HistoryWriter } from "../history-file/history-writer.ts";
import { judgeHistoryFile } from "../history-file/judge-file.ts";

const operations = Number(process.argv[2] ?? 10_000_000);
const path = process.argv[3] ?? join(tmpdir(), `hotfire-bench-${operations}.ndjson`);

if (!existsSync(path)) await generate();
const before = process.cpuUsage();
const started = performance.now();
const { result } = await judgeHistoryFile(path);
const seconds = (performance.now() - started) / 1000;
const cpu = process.cpuUsage(before);
const cpuSeconds = ((cpu.user + cpu.system) / 1e6).toFixed(1);
const gigabytes = (statSync(path).size / 1e9).toFixed(2);
const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0);
process.stdout.write(
  `${operations} operations, ${result.records} records, ${gigabytes} GB: ${seconds.toFixed(1)} s (${cpuSeconds} s of CPU), peak ${peak} MiB, ${result.verdict}; ${result.sentence}\n`,
);

async function generate(): Promise<void> {
  await using writer = await HistoryWriter.create(path, { fsync: { kind: "milestones" } });
  const groups = ["broker-a", "broker-b"];
  const bodies = new BodyCrc(messageBytes);
  await writer.write(
    makeHeader({ rate: 2000, groups: groups.map((name) => ({ name, brokers: [`${name}-0`, `${name}-1`] })) }),
  );
  const messages = operations / 2;
  const place = (sequence: number) => ({
    group: groups[sequence % 2] ?? "broker-a",
    topic: "drill",
    queue: (sequence >> 1) % 4,
  });
  for (let sequence = 0; sequence < messages; sequence += 1) {
    const { group, topic, queue } = place(sequence);
    const scheduled = sequence * 500;
    const offset = sequence >> 3;
    const common = {
      client: "hotfire",
      group,
      topic,
      queue,
      broker: `${group}-0`,
      outcome: "acknowledged",
      code: 0,
    } as const;
    const times = { scheduled, sent: scheduled + 20, done: scheduled + 900 };
    await writer.write({
      type: "send",
      sequence,
      ...common,
      ...times,
      offset,
      key: `key-${sequence % 1024}`,
    });
    const pulled = { scheduled: scheduled + 1000, sent: scheduled + 1000, done: scheduled + 1300 };
    await writer.write({
      type: "consume",
      ...common,
      ...pulled,
      consumerGroup: "drill-consumers",
      messages: [[offset, sequence]],
    });
  }
  const at = messages * 500;
  for (const [index, group] of groups.entries()) {
    for (const replica of [0, 1]) {
      for (let queue = 0; queue < 4; queue += 1) {
        const where = {
          at,
          group,
          node: `${group}-${replica}`,
          authoritative: replica === 0,
          topic: "drill",
          queue,
        };
        const count = Math.ceil((messages - (queue * 2 + index)) / 8);
        for (let from = 0; from < count; from += 1000) {
          const rows = Array.from(
            { length: Math.min(1000, count - from) },
            (_, row): [number, number, number] => {
              const offset = from + row;
              const sequence = offset * 8 + queue * 2 + index;
              return [offset, sequence, bodies.of(sequence)];
            },
          );
          await writer.write({ type: "read-back", ...where, messages: rows });
        }
        await writer.write({ type: "read-back-done", ...where, from: 0, to: count });
      }
    }
  }
  await writer.write({ type: "end", at, reason: "completed", records: writer.records });
}
