// What an application sees when its broker is lost, with its client's own settings and with those that docs/explanation/failover.md advises:
// `node bench/failover/clients.ts`.
//   FAULTS=3       of each kind, on a DLedger group; one of each on master-slave, where a cluster cannot have a second
//   CASES=…        java,proxy,consumers
//   ROCKETMQ=…     version, the tag of the images
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ClientSettings,
  type DrillDefinition,
  failoverRounds,
  failoverSeries,
  findDrill,
  readHistory,
  runDrill,
  type Step,
  type WorkloadChoice,
} from "@hotfire/drill";
import { connect } from "@hotfire/engine";
import type { FaultInjectedRecord } from "@hotfire/judge/history";
import { parseSpec, rocketmqVersion } from "@hotfire/topology";
import { describeMachine } from "../machine.ts";
import { storeResult } from "../store-result.ts";
import { inSeconds } from "./render.ts";
import { recoveryOf } from "./rounds.ts";
import { interruption, listOf, numberOf } from "./settings.ts";

const caseNames = ["java", "proxy", "consumers"] as const;
const faults = numberOf("FAULTS", 3);
const rocketmq = process.env["ROCKETMQ"] || rocketmqVersion;
const asked = listOf("CASES", caseNames);
const rate = 200;
const everySettings: readonly ClientSettings[] = ["stock", "quick"];

interface Setting {
  readonly case: (typeof caseNames)[number];
  /** What differs from the others, for the table. */
  readonly settings: string;
  readonly spec: object;
  readonly drill: DrillDefinition;
  readonly workload: WorkloadChoice;
}

const series: DrillDefinition = { ...failoverSeries, steps: failoverRounds(["kill", "pause"], faults) };

function consumersMove(kind: "kill" | "pause"): DrillDefinition {
  const drill = findDrill("consumers-move");
  const steps: Step[] = [
    { do: "inject", as: `${kind}-1`, fault: { kind }, on: "first:writer" },
    // RocketMQ's name server forgets a silent broker after 120 s, looks every 5 s, and its clients ask every 30 s.
    { do: "hold", forMs: kind === "kill" ? 45_000 : 170_000 },
    { do: "heal", fault: `${kind}-1` },
  ];
  return { ...drill, steps };
}

/** A silent broker is forgotten after 3 s instead of 120 s: brokers send heartbeats to name servers, which only this key brings. */
const heartbeats = {
  properties: {
    enableSlaveActingMaster: "true",
    skipPreOnline: "true",
    brokerHeartbeatInterval: "500",
    brokerNotActiveTimeoutMillis: "3000",
  },
  namesrvProperties: { scanNotActiveBrokerInterval: "1000" },
};

function consumers(fault: "kill" | "pause", brokers: object, kind: ClientSettings): Setting {
  return {
    case: "consumers",
    settings: brokers === heartbeats ? `${kind}, brokers with heartbeats` : kind,
    spec: { mode: "master-slave-async", ...brokers },
    drill: consumersMove(fault),
    workload: { rate, clientSettings: kind },
  };
}

const settings: readonly Setting[] = [
  ...everySettings.map(
    (kind): Setting => ({
      case: "java",
      settings: kind,
      spec: { mode: "dledger" },
      drill: series,
      workload: { rate, client: "java", clientSettings: kind },
    }),
  ),
  ...["20", "1"].map(
    (seconds): Setting => ({
      case: "proxy",
      settings: `topicRouteServiceCacheRefreshSeconds=${seconds}`,
      spec: {
        mode: "dledger",
        proxy: true,
        proxyProperties: { topicRouteServiceCacheRefreshSeconds: seconds },
      },
      drill: series,
      workload: { rate, client: "node-proxy" },
    }),
  ),
  ...everySettings.map((kind): Setting => consumers("kill", {}, kind)),
  consumers("pause", {}, "stock"),
  ...everySettings.map((kind): Setting => consumers("pause", heartbeats, kind)),
];

const say = (line: string) => void process.stdout.write(`${line}\n`);
const signal = interruption();
const docker = await connect();
const runs = await mkdtemp(join(tmpdir(), "hotfire-bench-clients-"));
const rows: {
  case: string;
  settings: string;
  fault: string;
  writeGapMs: number | undefined;
  readGapMs: number | undefined;
}[] = [];
say(`histories in ${runs}`);
say(
  "| client | settings | fault | writes stop for | reads stop for (consumers: until another broker serves them) |",
);
say("|---|---|---|--:|--:|");
try {
  for (const [index, one] of settings.entries()) {
    if (!asked.includes(one.case)) continue;
    const spec = { version: 1, name: "bench-clients", rocketmq, console: false, ...one.spec };
    const folder = join(runs, String(index));
    const run = runDrill({
      docker,
      drill: one.drill,
      place: { kind: "own", spec: parseSpec(JSON.stringify(spec)), keep: false },
      seed: 1,
      limits: [],
      workload: one.workload,
      folder,
      command: "node bench/failover/clients.ts",
      build: false,
      signal,
    });
    // A run that does not come off is a row less, and says so.
    const outcome = await run.catch((error: unknown) => {
      if (signal.aborted) throw error;
      say(
        `| ${one.case} | ${one.settings} | no run: ${error instanceof Error ? error.message : error} | | |`,
      );
    });
    if (outcome === undefined) continue;
    const { result } = outcome;
    for (const { id, kind, groups } of result.faults) {
      const gap = (verb: "send" | "consume"): number | undefined => {
        const recovery = recoveryOf(result, { id, groups }, verb);
        return recovery?.rto === undefined ? undefined : (recovery.silence ?? 0) / 1000;
      };
      const row = {
        case: one.case,
        settings: one.settings,
        fault: kind,
        writeGapMs: gap("send"),
        readGapMs: one.case === "consumers" ? await movedMs(folder, id) : gap("consume"),
      };
      rows.push(row);
      say(`| ${row.case} | ${row.settings} | ${kind} | ${shown(row.writeGapMs)} | ${shown(row.readGapMs)} |`);
    }
  }
} finally {
  const file = await storeResult("failover-clients-", { machine: await describeMachine(), rate, rows });
  say(`stored in ${file}`);
}

/**
 * Until the consumer was given messages of the lost broker's group by another broker. Not the longest interruption: a slave that has been
 * read to its end is silent too.
 */
async function movedMs(folder: string, fault: string): Promise<number | undefined> {
  let injected: FaultInjectedRecord | undefined;
  for await (const records of readHistory(join(folder, "history.ndjson"))) {
    for (const record of records) {
      if (record.type === "fault-injected" && record.fault === fault) injected = record;
      if (record.type !== "consume" || record.broker === undefined || injected === undefined) continue;
      if (injected.groups.includes(record.group) && !injected.nodes.includes(record.broker)) {
        return (record.done - injected.begin) / 1000;
      }
    }
  }
  return undefined;
}

/** Never, in its cluster's lifetime: until the fault was healed. */
function shown(ms: number | undefined): string {
  return ms === undefined ? "until healed" : inSeconds(ms);
}
