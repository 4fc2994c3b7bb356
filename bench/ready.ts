import { presetNames } from "@hotfire/topology";
import { startCluster } from "../test-e2e/support/cluster.ts";
import type { Bench } from "./bench.ts";
import { round, spread } from "./statistics.ts";

const repetitions = 3;
/** BENCH_PRESETS=dledger,controller measures only these. */
const wanted = process.env["BENCH_PRESETS"]?.split(",") ?? presetNames;

export const readyBench: Bench = {
  name: "ready",
  about: `from \`hotfire up\` with images built to ready (a message through every group), and \`verify\` after it; ${repetitions} times`,
  async run(say) {
    const results = [];
    for (const preset of wanted) {
      const up: number[] = [];
      const verified: number[] = [];
      for (let i = 0; i < repetitions; i++) {
        const started = performance.now();
        await using cluster = await startCluster({ of: preset, purpose: "bench" });
        up.push(performance.now() - started);
        const verification = await cluster.verify();
        if (verification.verdict !== "pass") throw new Error(`${preset} does not pass verify`);
        verified.push(performance.now() - started);
      }
      const [ready, total] = [spread(up), spread(verified)];
      say(
        `${preset.padEnd(20)} ready ${round(ready.median / 1000, 1)} s` +
          `  verified ${round(total.median / 1000, 1)} s (worst ${round(total.max / 1000, 1)} s)`,
      );
      results.push({ preset, readyMs: ready, verifiedMs: total });
    }
    return results;
  },
};
