// Does anybody lose the lead without a reason? Clusters of all profiles side by side under load, with nothing killed, through
// several strains in turn: `node bench/failover/soak.ts`.
//   MINUTES=7      of each strain
//   STRAINS=…      load,cores,squeeze,stalls
//   PROFILES=…     stock,fast,aggressive
//   RATE=400       sends per second to each cluster
//   ROCKETMQ=…     version, the tag of the images
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@hotfire/engine";
import { failoverProfiles, rocketmqVersion } from "@hotfire/topology";
import { describeMachine } from "../machine.ts";
import { storeResult } from "../store-result.ts";
import { interruption, listOf, numberOf } from "./settings.ts";
import { SoakedCluster } from "./soaked-cluster.ts";
import { beginStrain, strains } from "./strains.ts";

const minutes = numberOf("MINUTES", 7);
const rate = numberOf("RATE", 400);
const rocketmq = process.env["ROCKETMQ"] || rocketmqVersion;
const profiles = listOf("PROFILES", failoverProfiles);
const asked = listOf("STRAINS", strains);
const forMs = minutes * 60_000;
/** At most, for a cluster to come up; all are under load until the last strain is over. */
const startMs = 60_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);
const signal = interruption();

const docker = await connect();
const folder = await mkdtemp(join(tmpdir(), "hotfire-soak-"));
const clusters: SoakedCluster[] = [];
// One after another: six JVMs that start at once would be a strain of their own.
for (const [index, profile] of profiles.entries()) {
  const restMs = minutes * asked.length * 60_000 + (profiles.length - index) * startMs;
  const cluster = new SoakedCluster({
    docker,
    profile,
    rate,
    folder: join(folder, profile),
    forMs: restMs,
    rocketmq,
    signal,
  });
  clusters.push(cluster);
  await cluster.underLoad;
  say(`${profile} is under load`);
}
await sleep(10_000, undefined, { signal });
for (const strain of asked) {
  for (const cluster of clusters) cluster.enter(strain);
  await using _strain = await beginStrain(strain, { docker, clusters: clusters.map(({ name }) => name) });
  await sleep(forMs, undefined, { signal });
  say(`${strain.padEnd(8)} ${clusters.map((one) => `${one.profile} ${one.switches(strain)}`).join("  ")}`);
}
for (const cluster of clusters) cluster.enter(undefined);
const ends = await Promise.all(clusters.map((cluster) => cluster.finish()));

const rows = clusters.flatMap(({ profile, switches }) =>
  asked.map((strain) => ({ profile, strain, minutes, switches: switches(strain) })),
);
const machine = await describeMachine();
const file = await storeResult("soak-", { machine, rate, sideBySide: profiles.length, rows, ends });
say(`\n| profile | ${asked.join(" | ")} | false switches per hour | acknowledged | lost |`);
say(`|---|${asked.map(() => "--:|").join("")}--:|--:|--:|`);
for (const [index, { profile, switches }] of clusters.entries()) {
  const counts = asked.map(switches);
  const perHour = (counts.reduce((sum, count) => sum + count, 0) * 60) / (minutes * asked.length);
  const end = ends[index];
  say(`| ${profile} | ${counts.join(" | ")} | ${perHour.toFixed(1)} | ${end?.acknowledged} | ${end?.lost} |`);
}
say(`stored in ${file}`);
