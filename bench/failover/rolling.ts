// How long writes stop while a whole cluster is restarted node after node under load: `node bench/failover/rolling.ts`.
//   ROUNDS=2       clusters of each mode, each restarted once
//   MODES=…        dledger,controller
//   RATE=200       sends per second
//   ROCKETMQ=…     version, the tag of the images
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { failoverSeries, readHistory, runDrill, runFiles } from "@hotfire/drill";
import { connect, restartRolling } from "@hotfire/engine";
import { parseSpec, rocketmqVersion } from "@hotfire/topology";
import { describeMachine } from "../machine.ts";
import { storeResult } from "../store-result.ts";
import { interruption, listOf, numberOf } from "./settings.ts";

const rounds = numberOf("ROUNDS", 2);
const rate = numberOf("RATE", 200);
const modes = listOf("MODES", ["dledger", "controller"]);
const rocketmq = process.env["ROCKETMQ"] || rocketmqVersion;

/** Load before the restart: brokers that have just started compile what they run. */
const warmUpMs = 20_000;
/** A restart of all nodes takes about a minute, seven of them in controller mode. */
const underLoadMs = { dledger: 150_000, controller: 210_000 };

const say = (line: string) => void process.stdout.write(`${line}\n`);
const signal = interruption();
const docker = await connect();
const folder = await mkdtemp(join(tmpdir(), "hotfire-rolling-"));

const measured: Awaited<ReturnType<typeof restartUnderLoad>>[] = [];
say(`| mode | nodes | took | worst gaps of the writes | acknowledged | failed for good | lost |`);
say(`|---|--:|--:|--:|--:|--:|--:|`);
for (let round = 0; round < rounds; round++) {
  for (const mode of modes) {
    const one = await restartUnderLoad(mode, join(folder, `${mode}-${round}`));
    measured.push(one);
    const gaps = one.gapsMs.map((gap) => `${gap.toFixed(0)} ms`).join(", ");
    const counts = [one.acknowledged, one.failed, one.lost].join(" | ");
    say(`| ${mode} | ${one.nodes} | ${(one.tookMs / 1000).toFixed(0)} s | ${gaps} | ${counts} |`);
  }
}
const file = await storeResult("rolling-", { machine: await describeMachine(), rate, measured });
say(`stored in ${file}`);

/** A cluster of its own, a load that tries once again what failed, and in the midst of it the restart. */
async function restartUnderLoad(mode: "dledger" | "controller", runFolder: string) {
  const name = `bench-rolling-${mode}`;
  const loaded = Promise.withResolvers<void>();
  const drill = runDrill({
    docker,
    drill: {
      ...failoverSeries,
      workload: { retry: { times: 1, afterMs: 1000 } },
      steps: [{ do: "hold", forMs: underLoadMs[mode] }],
    },
    place: {
      kind: "own",
      spec: parseSpec(JSON.stringify({ version: 1, name, mode, rocketmq, console: false })),
      keep: false,
    },
    seed: 1,
    limits: [],
    workload: { rate },
    folder: runFolder,
    command: "node bench/failover/rolling.ts",
    build: false,
    signal,
    onEvent: (event) => {
      if (event.type === "phase" && event.name === "baseline") loaded.resolve();
    },
  });
  drill.catch(loaded.reject);
  await loaded.promise;
  await sleep(warmUpMs, undefined, { signal });
  const { restarted, tookMs } = await restartRolling(docker, name, { signal });
  const { result } = await drill;
  const { acknowledged, failed, inDoubt, lost } = result.accounting;
  return {
    mode,
    nodes: restarted.length,
    tookMs,
    gapsMs: await worstGaps(join(runFolder, runFiles.history)),
    acknowledged,
    failed,
    inDoubt,
    lost: lost.count,
  };
}

/** The three longest times, in ms, without an acknowledged send between two that were. */
async function worstGaps(file: string): Promise<number[]> {
  const ends: number[] = [];
  for await (const batch of readHistory(file)) {
    for (const record of batch) {
      if (record.type === "send" && record.outcome === "acknowledged") ends.push(record.done);
    }
  }
  ends.sort((a, b) => a - b);
  const gaps = ends.slice(1).map((end, index) => (end - (ends[index] ?? end)) / 1000);
  return gaps.sort((a, b) => b - a).slice(0, 3);
}
