import { setTimeout as sleep } from "node:timers/promises";
import { startCluster } from "../test-e2e/support/cluster.ts";
import type { Bench } from "./bench.ts";
import { cpuMicros } from "./cpu.ts";
import { round } from "./statistics.ts";

const settleSeconds = 60;
const measureSeconds = 60;

export const idleBench: Bench = {
  name: "idle",
  about: `memory and CPU of idle DLedger nodes, health checks included: ${measureSeconds} s, after ${settleSeconds} s of rest`,
  async run(say) {
    await using cluster = await startCluster({ of: "dledger", purpose: "bench-idle" });
    const { nodes } = await cluster.status();
    await sleep(settleSeconds * 1000);
    const before = await Promise.all(nodes.map(({ name }) => cpuMicros(cluster.container(name))));
    const started = performance.now();
    await sleep(measureSeconds * 1000);
    const after = await Promise.all(nodes.map(({ name }) => cpuMicros(cluster.container(name))));
    const micros = (performance.now() - started) * 1000;
    const atRest = (await cluster.status()).nodes;
    return atRest.map(({ name, memory }, i) => {
      const cpuPercent = round((((after[i] ?? 0) - (before[i] ?? 0)) / micros) * 100, 1);
      const memoryMb = round((memory.usedBytes ?? 0) / 1e6);
      say(`${name.padEnd(14)} ${String(memoryMb).padStart(4)} MB  ${cpuPercent} % of a core`);
      return { node: name, memoryMb, cpuPercent };
    });
  },
};
