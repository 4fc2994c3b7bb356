import { setTimeout as sleep } from "node:timers/promises";
import { send } from "@hotfire/remoting";
import { startCluster } from "../test-e2e/support/cluster.ts";
import { createTopicEverywhere, masters } from "../test-e2e/support/topics.ts";
import type { Bench } from "./bench.ts";
import { cpuMicros } from "./cpu.ts";
import { round, spread } from "./statistics.ts";

/** BENCH_PRESETS=dledger measures only this. */
const presets = process.env["BENCH_PRESETS"]?.split(",") ?? ["dledger", "controller"];
const everyMs = 10;
const windowSeconds = 15;
const windows = 8;
const body = Buffer.alloc(256);

export const warmUpBench: Bench = {
  name: "warm-up",
  about: `the first ${windows * windowSeconds} s of a cluster that is ready: CPU of all its nodes, and what 100 sends/s wait, by ${windowSeconds} s`,
  async run(say) {
    const results = [];
    for (const preset of presets) {
      await using cluster = await startCluster({ of: preset, purpose: "bench-warm-up" });
      const namesrvs = await cluster.namesrvs();
      const topic = "bench";
      await createTopicEverywhere(cluster.remoting, namesrvs, topic, 4);
      const [broker] = (await masters(cluster.remoting, namesrvs[0] ?? "")).values();
      if (broker === undefined) throw new Error("no group has a master");
      const { nodes } = await cluster.status();
      const cpuOfAll = async () => {
        const each = await Promise.all(nodes.map(({ name }) => cpuMicros(cluster.container(name))));
        return each.reduce((sum, micros) => sum + micros, 0);
      };
      for (let window = 0; window < windows; window++) {
        const before = await cpuOfAll();
        const { waits, failed } = await load(async () => {
          const { status } = await send(cluster.remoting, broker, { topic, queueId: 0, body });
          return status === "stored";
        });
        const cpuSeconds = ((await cpuOfAll()) - before) / 1e6;
        const { median, max } = spread(waits);
        const over = waits.filter((ms) => ms >= 100).length;
        say(
          `${preset.padEnd(11)} ${String((window + 1) * windowSeconds).padStart(4)} s` +
            `  ${round(cpuSeconds, 1).toFixed(1).padStart(5)} s of CPU` +
            `  p50 ${round(median, 1)} ms, longest ${round(max)} ms, ${over} of ${waits.length} above 100 ms, ${failed} failed`,
        );
        results.push({
          preset,
          untilSeconds: (window + 1) * windowSeconds,
          cpuSeconds,
          median,
          max,
          over,
          failed,
        });
      }
    }
    return results;
  },
};

/** One every 10 ms whether the last is answered or not; each waits from when it was due. */
async function load(one: () => Promise<boolean>): Promise<{ waits: readonly number[]; failed: number }> {
  const waits: number[] = [];
  const running: Promise<void>[] = [];
  let failed = 0;
  const begin = performance.now();
  for (let due = begin; due < begin + windowSeconds * 1000; due += everyMs) {
    const pause = due - performance.now();
    if (pause > 0) await sleep(pause);
    running.push(
      one()
        .catch(() => false)
        .then((isStored) => {
          waits.push(performance.now() - due);
          if (!isStored) failed++;
        }),
    );
  }
  await Promise.all(running);
  return { waits, failed };
}
