import { connect, findCluster, readStatus } from "@hotfire/engine";
import { startCluster } from "../test-e2e/support/cluster.ts";
import { hotfire } from "../test-e2e/support/hotfire.ts";
import type { Bench } from "./bench.ts";
import { round, spread } from "./statistics.ts";

const repetitions = 30;

export const statusBench: Bench = {
  name: "status",
  about: `latency of \`hotfire status\` for a dozen nodes (3 name servers, 3 DLedger groups of 3), ${repetitions} times`,
  async run(say) {
    await using cluster = await startCluster({
      of: "bench/dozen.yaml",
      purpose: "bench-dozen",
      args: ["--deadline", "300s"],
    });
    const docker = await connect();
    const found = await findCluster(docker, cluster.name);
    if (found === undefined) throw new Error("the cluster is gone");
    const inProcess: number[] = [];
    const asCommand: number[] = [];
    for (let i = 0; i < repetitions; i++) {
      const started = performance.now();
      await readStatus(docker, found);
      inProcess.push(performance.now() - started);
      asCommand.push((await hotfire(["status", cluster.name, "--json"])).tookMs);
    }
    const [library, command] = [spread(inProcess), spread(asCommand)];
    say(`in process  median ${round(library.median)} ms  p95 ${round(library.p95)} ms`);
    say(`as command  median ${round(command.median)} ms  p95 ${round(command.p95)} ms`);
    return { inProcessMs: library, asCommandMs: command };
  },
};
