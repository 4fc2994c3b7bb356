// How long writes stop when a writer is lost, profile beside profile: `make bench-failover`. Clusters of all profiles take
// turns, so that whatever the machine does meanwhile, it does to each.
//   FAULTS=20      of each kind and profile
//   PROFILES=…     stock,fast,aggressive
//   KINDS=…        kill,pause,cut (all of these without it), switchover,restart
//   MODE=dledger   or controller
//   RATE=200       sends per second
//   WARMUP=20      seconds of load before a cluster's first fault
//   ROCKETMQ=…     version, the tag of the images
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plannedChanges, writerFaults } from "@hotfire/drill";
import { type FailoverProfile, failoverProfiles, rocketmqVersion } from "@hotfire/topology";
import { describeMachine } from "../machine.ts";
import { storeResult } from "../store-result.ts";
import { type Measurement, renderFailover } from "./render.ts";
import { runBlock } from "./rounds.ts";
import { interruption, listOf, numberOf } from "./settings.ts";

/** Faults of a kind on one cluster before the next profile has its turn. */
const perBlock = 4;

const faults = numberOf("FAULTS", 20);
const rate = numberOf("RATE", 200);
const warmUp = numberOf("WARMUP", 20);
const profiles = listOf("PROFILES", failoverProfiles);
const kinds = listOf("KINDS", [...writerFaults, ...plannedChanges], writerFaults);
const rocketmq = process.env["ROCKETMQ"] || rocketmqVersion;
const [mode = "dledger"] = listOf("MODE", ["dledger", "controller"]);

const say = (line: string) => void process.stdout.write(`${line}\n`);
const signal = interruption();

const machine = await describeMachine();
const runs = await mkdtemp(join(tmpdir(), "hotfire-bench-failover-"));
const measured: Measurement[] = [];
const verdicts: { profile: FailoverProfile; verdict: string; reasons: readonly string[]; lost: number }[] =
  [];
say(`${mode}, ${faults} faults each of ${kinds.join(", ")}; histories in ${runs}`);
try {
  for (let done = 0; done < faults; done += perBlock) {
    for (const profile of profiles) {
      const rounds = Math.min(perBlock, faults - done);
      const folder = join(runs, String(done));
      const block = await runBlock({
        mode,
        profile,
        kinds,
        rounds,
        rate,
        warmUpMs: warmUp * 1000,
        rocketmq,
        folder,
        signal,
      });
      measured.push(...block.faults.map((fault) => ({ profile, ...fault })));
      const { verdict, reasons, accounting } = block.result;
      verdicts.push({ profile, verdict, reasons, lost: accounting.lost.count });
      const gaps = block.faults.map(({ fault, gapMs }) => `${fault} ${gapMs?.toFixed(0) ?? "never"}`);
      say(`${profile.padEnd(10)} ${verdict}  ${gaps.join("  ")}`);
      for (const reason of reasons) say(`           ${reason}`);
    }
  }
} finally {
  const file = await storeResult(`failover-${mode}-`, { machine, mode, rate, warmUp, measured, verdicts });
  say(`\n${renderFailover(measured)}\nstored in ${file}`);
}
