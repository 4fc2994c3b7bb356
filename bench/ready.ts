import { availableParallelism } from "node:os";
import { connect, findCluster, readLogs } from "@hotfire/engine";
import { presetNames } from "@hotfire/topology";
import { startCluster } from "../test-e2e/support/cluster.ts";
import type { Bench } from "./bench.ts";
import { round, spread } from "./statistics.ts";

const repetitions = 3;
/** BENCH_PRESETS=dledger,controller measures only these. */
const wanted = process.env["BENCH_PRESETS"]?.split(",") ?? presetNames;

export const readyBench: Bench = {
  name: "ready",
  about: `from \`hotfire up\` with images built to ready (a message through every group), \`verify\` after it, and what the JVMs alone need; ${repetitions} times`,
  async run(say) {
    const results = [];
    for (const preset of wanted) {
      const up: number[] = [];
      const verified: number[] = [];
      const cpu: number[] = [];
      for (let i = 0; i < repetitions; i++) {
        const started = performance.now();
        await using cluster = await startCluster({ of: preset, purpose: "bench" });
        up.push(performance.now() - started);
        const verification = await cluster.verify();
        if (verification.verdict !== "pass") throw new Error(`${preset} does not pass verify`);
        verified.push(performance.now() - started);
        cpu.push(await startingCpuMs(cluster.name));
      }
      const [ready, total, jvms] = [spread(up), spread(verified), spread(cpu)];
      say(
        `${preset.padEnd(20)} ready ${round(ready.median / 1000, 1)} s` +
          `  verified ${round(total.median / 1000, 1)} s (worst ${round(total.max / 1000, 1)} s)` +
          `  the JVMs alone ${round(jvms.median / 1000, 1)} s of CPU, ${round(jvms.median / 1000 / availableParallelism(), 1)} s of all cores`,
      );
      results.push({ preset, readyMs: ready, verifiedMs: total, jvmCpuMs: jvms });
    }
    return results;
  },
};

/** CPU of all nodes' JVMs, from their first instruction until each had started, as the launcher logs it. */
async function startingCpuMs(name: string): Promise<number> {
  const docker = await connect();
  const cluster = await findCluster(docker, name);
  if (cluster === undefined) throw new Error(`${name} is gone`);
  const started = new Map<string, number>();
  for await (const { node, text } of readLogs(docker, cluster)) {
    const seconds = /^hotfire: \S+ started in [\d.]+ s, ([\d.]+) s of CPU$/.exec(text)?.[1];
    if (seconds !== undefined && !started.has(node)) started.set(node, Number(seconds) * 1000);
  }
  return [...started.values()].reduce((sum, ms) => sum + ms, 0);
}
