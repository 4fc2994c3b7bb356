// How long writes stop while a whole cluster is restarted node after node under load: `node bench/failover/rolling.ts`.
//   ROUNDS=2       clusters of each mode, each restarted once
//   MODES=…        dledger,controller
//   RATE=200       sends per second
//   ROCKETMQ=…     version, the tag of the images
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readHistory, runFiles } from "@hotfire/drill";
import { connect, restartRolling } from "@hotfire/engine";
import { rocketmqVersion } from "@hotfire/topology";
import { describeMachine } from "../machine.ts";
import { storeResult } from "../store-result.ts";
import { Deeds } from "./deeds.ts";
import { startLoad } from "./load.ts";
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
    const gaps = one.gaps.map(({ ms, during }) => `${ms.toFixed(0)} ms (${during})`).join(", ");
    const counts = [one.acknowledged, one.failed, one.lost].join(" | ");
    say(`| ${mode} | ${one.nodes} | ${(one.tookMs / 1000).toFixed(0)} s | ${gaps} | ${counts} |`);
  }
}
const file = await storeResult("rolling-", { machine: await describeMachine(), rate, measured });
say(`stored in ${file}`);

/** A cluster of its own, a load that tries once again what failed, and in the midst of it the restart. */
async function restartUnderLoad(mode: "dledger" | "controller", runFolder: string) {
  const name = `bench-rolling-${mode}`;
  let origin = 0;
  const { begun, outcome } = startLoad({
    docker,
    spec: { name, mode, rocketmq },
    rate,
    retries: true,
    forMs: underLoadMs[mode],
    folder: runFolder,
    command: "node bench/failover/rolling.ts",
    signal,
    onEvent: (event) => {
      if (event.type === "drill") origin = performance.now() - event.at / 1000;
    },
  });
  await begun;
  await sleep(warmUpMs, undefined, { signal });
  const deeds = new Deeds();
  const { restarted, tookMs } = await restartRolling(docker, name, { signal, onEvent: deeds.see });
  const { result } = await outcome;
  const { acknowledged, failed, inDoubt, lost } = result.accounting;
  const gaps = await worstGaps(join(runFolder, runFiles.history));
  return {
    mode,
    nodes: restarted.length,
    tookMs,
    gaps: gaps.map(({ from, to }) => ({ ms: to - from, during: deeds.between(origin + from, origin + to) })),
    acknowledged,
    failed,
    inDoubt,
    lost: lost.count,
  };
}

/** The three longest times, in ms of the history's clock, without an acknowledged send between two that were. */
async function worstGaps(file: string): Promise<{ from: number; to: number }[]> {
  const ends: number[] = [];
  for await (const batch of readHistory(file)) {
    for (const record of batch) {
      if (record.type === "send" && record.outcome === "acknowledged") ends.push(record.done / 1000);
    }
  }
  ends.sort((a, b) => a - b);
  const gaps = ends.slice(1).map((to, index) => ({ from: ends[index] ?? to, to }));
  return gaps.sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, 3);
}
