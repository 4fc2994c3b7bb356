import { presetNames } from "@hotfire/topology";
import { startCluster } from "../test-e2e/support/cluster.ts";
import { growth, soak } from "../test-e2e/support/soak.ts";
import type { Bench } from "./bench.ts";
import { round } from "./statistics.ts";

const minutes = Number(process.env["MINUTES"] ?? 30);
const presets = process.env["PRESET"] === undefined ? presetNames : [process.env["PRESET"]];

export const soakBench: Bench = {
  name: "soak",
  about: `all kinds of messages at once by official clients at default limits, ${minutes} min each (MINUTES=, PRESET=)`,
  async run(say) {
    const results = [];
    for (const preset of presets) {
      await using cluster = await startCluster({ of: preset, purpose: "bench-soak", args: ["--proxy"] });
      const result = await soak(cluster, minutes * 60);
      say(
        `${preset}: ${result.outOfMemory.length} OutOfMemoryError, ${result.ended.length} nodes ended or restarted`,
      );
      for (const { kind, acknowledged, failed, missing, rolledBackYetReceived } of result.kinds)
        say(
          `  ${kind.padEnd(12)}${String(acknowledged).padStart(8)} acknowledged, ${failed} failed, ${missing} missing, ${rolledBackYetReceived} rolled back and received`,
        );
      const memory = result.memory.map((samples) => ({
        node: samples.node,
        limitMb: round(samples.limit / 1e6),
        mostMb: round(Math.max(...samples.used) / 1e6),
        growth: round(growth(samples), 2),
      }));
      for (const { node, mostMb, limitMb, growth: grown } of memory)
        say(`  ${node.padEnd(12)}${String(mostMb).padStart(5)} of ${limitMb} MB direct, growth ${grown}`);
      const { kinds, outOfMemory, ended } = result;
      results.push({ preset, minutes, kinds, memory, outOfMemory: outOfMemory.length, ended });
    }
    return results;
  },
};
