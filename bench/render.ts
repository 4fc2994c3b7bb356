import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseSpec, planCluster, renderCompose } from "@hotfire/topology";
import { z } from "zod";
import type { Bench } from "./bench.ts";
import { round } from "./statistics.ts";

const measured = z.object({ ms: z.number(), heapMb: z.number(), characters: z.number() });

/** Spec text to Compose text; in a process of its own, so that memory is this run's. */
function renderOnce(groups: number): z.output<typeof measured> {
  const started = performance.now();
  const spec = parseSpec(`version: 1\nname: large\nmode: dledger\ngroups: ${groups}\nreplicas: 3\n`);
  const characters = renderCompose(planCluster(spec)).length;
  const ms = performance.now() - started;
  return { ms, heapMb: process.memoryUsage().heapUsed / 1e6, characters };
}

export const renderBench: Bench = {
  name: "render",
  about: "spec to Compose file for 10, 100 and 1,000 DLedger groups of 3, a fresh process each",
  async run(say) {
    const results = [];
    for (const groups of [10, 100, 1000]) {
      const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), String(groups)]);
      const { ms, heapMb, characters } = measured.parse(JSON.parse(output.toString()));
      say(`${String(groups).padStart(5)} groups  ${round(ms)} ms  ${round(heapMb)} MB heap`);
      results.push({ groups, ms: round(ms, 1), heapMb: round(heapMb, 1), characters });
    }
    return results;
  },
};

if (import.meta.main) process.stdout.write(JSON.stringify(renderOnce(Number(process.argv[2]))));
