import { setTimeout as sleep } from "node:timers/promises";
import { ConsoleClient } from "@hotfire/console/client";
import { startCluster } from "../test-e2e/support/cluster.ts";
import { docker, inspect } from "../test-e2e/support/docker.ts";
import { until } from "../test-e2e/support/until.ts";
import type { Bench } from "./bench.ts";
import { round } from "./statistics.ts";

const settleSeconds = 30;

export const consoleBench: Bench = {
  name: "console",
  about:
    "the console's image: size, start, memory at rest, and requests a second with nobody and with one viewer",
  async run(say) {
    await using cluster = await startCluster({ of: "dledger", purpose: "bench-console" });
    const { console: url = "" } = (await cluster.status()).client;
    const container = cluster.container("console");
    const imageMb = round(
      Number(await docker(["image", "inspect", "--format", "{{.Size}}", "hotfire/console:5.5.0"])) / 1e6,
    );
    await using client = new ConsoleClient(url);
    const startedAt = performance.now();
    await docker(["restart", container]);
    await until("it answers", () => client.isAlive(), { everyMs: 10 });
    const restartMs = round(performance.now() - startedAt);
    await sleep(settleSeconds * 1000);
    const alone = await client.ask("ops", {});
    const leave = await client.watch();
    await sleep(settleSeconds * 1000);
    const watched = await client.ask("ops", {});
    await leave();
    const memoryMb = round(alone.memoryBytes / 1e6);
    const result = {
      imageMb,
      restartMs,
      memoryMb,
      requestsAlone: alone.load.perSecond,
      requestsWatched: watched.load.perSecond,
      restarts: (await inspect(container)).RestartCount,
    };
    say(`image ${imageMb} MB, stopped and answering again in ${restartMs} ms, ${memoryMb} MB at rest`);
    say(`requests a second: ${result.requestsAlone} with nobody, ${result.requestsWatched} with one viewer`);
    return result;
  },
};
