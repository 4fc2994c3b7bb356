import { random } from "@hotfire/base";
import type { Expectation } from "../history/expectation.ts";
import type { Micros } from "../history/micros.ts";
import type { StoredRecord } from "../history/record.ts";
import { type HeaderRecord, historyVersion } from "../history/run-records.ts";
import { good, healthy, lost, refused } from "./answers.ts";
import { faultRecords, origin } from "./proofs.ts";
import { type Answer, type GroupModel, messageBytes, simulate } from "./simulate.ts";

const s = 1_000_000;
const ms = 1000;

export interface ScenarioOptions {
  readonly seed?: number;
  /** Sends per second and group. */
  readonly rate?: number;
}

/** Two DLedger groups; the leader of broker-a is killed at 8 s, another node leads 0.92 s later, restart at 16 s. */
export function dledgerLeaderKill(options: ScenarioOptions = {}): StoredRecord[] {
  const { seed = 1, rate = 200 } = options;
  const jitter = random(seed);
  const killed = 8 * s;
  const back = killed + 921 * ms;
  const until = 24 * s;
  const send = (at: Micros): Answer => {
    if (at < killed - 2 * ms) return good("broker-a-0", 1.6, jitter);
    if (at < killed + 4 * ms) return lost("broker-a-0", killed + 6 * ms - at, jitter() < 0.5);
    if (at < back - 20 * ms) return refused("broker-a-0", jitter);
    return good("broker-a-1", at < back + 200 * ms ? 9 : 1.6, jitter);
  };
  const pull = (at: Micros): Answer => {
    if (at < killed) return good("broker-a-0", 0.9, jitter);
    return at < back + 30 * ms ? refused("broker-a-0", jitter) : good("broker-a-1", 0.9, jitter);
  };
  const groups: GroupModel[] = [
    {
      name: "broker-a",
      rate,
      send,
      pull,
      replicas: ["broker-a-1", "broker-a-0", "broker-a-2"],
      survives: () => true,
    },
    healthy("broker-b", rate, ["broker-b-0", "broker-b-1", "broker-b-2"], jitter),
  ];
  const { load, readBack } = simulate(groups, until, jitter);
  const role = (
    at: number,
    node: string,
    now: RoleName,
    term: number,
    previousAt?: number,
  ): StoredRecord => ({
    type: "role",
    at,
    ...(previousAt === undefined ? {} : { previousAt }),
    group: node.slice(0, 8),
    node,
    role: now,
    term,
    source: "self",
  });
  const facts: StoredRecord[] = [
    { type: "phase", at: 0, name: "baseline" },
    role(0, "broker-a-0", "leader", 3),
    role(0, "broker-a-1", "follower", 3),
    role(0, "broker-a-2", "follower", 3),
    role(0, "broker-b-0", "leader", 2),
    role(0, "broker-b-1", "follower", 2),
    role(0, "broker-b-2", "follower", 2),
    {
      type: "role",
      at: 0,
      group: "broker-a",
      node: "broker-a-1",
      role: "slave",
      source: "broker",
    },
    ...["namesrv-0", "namesrv-1"].map(
      (namesrv): StoredRecord => ({
        type: "route",
        at: 0,
        namesrv,
        group: "broker-a",
        master: "broker-a-0",
        members: ["broker-a-0", "broker-a-1", "broker-a-2"],
      }),
    ),
    { type: "phase", at: killed, name: "fault" },
    ...faultRecords({
      id: "f1",
      kind: "kill",
      target: "broker-a:leader",
      nodes: ["broker-a-0"],
      groups: ["broker-a"],
      begin: killed,
      end: killed + 48 * ms,
      healBegin: 16 * s,
      healEnd: 19 * s + 240 * ms,
      words: [
        "exited at 2025-11-03T10:00:08.020Z with code 137",
        "running since 2025-11-03T10:00:16.100Z, pid 4711",
      ],
    }),
    role(killed + 60 * ms, "broker-a-0", "unreachable", 3, killed + 10 * ms),
    role(killed + 522 * ms, "broker-a-1", "candidate", 4, killed + 472 * ms),
    role(killed + 726 * ms, "broker-a-1", "leader", 5, killed + 676 * ms),
    role(killed + 760 * ms, "broker-a-2", "follower", 5, killed + 710 * ms),
    {
      type: "role",
      at: killed + 801 * ms,
      previousAt: killed + 751 * ms,
      group: "broker-a",
      node: "broker-a-1",
      role: "master",
      source: "broker",
      term: 5,
    },
    ...["namesrv-0", "namesrv-1"].map(
      (namesrv, index): StoredRecord => ({
        type: "route",
        at: killed + (842 + 9 * index) * ms,
        previousAt: killed + (792 + 9 * index) * ms,
        namesrv,
        group: "broker-a",
        master: "broker-a-1",
        members: ["broker-a-1", "broker-a-2"],
      }),
    ),
    log(
      killed + 519 * ms,
      "broker-a-1",
      "WARN  [broker-a][n1] HeartBeatTimeOut lastLeaderHeartBeatTime, role change to candidate term=4",
    ),
    log(
      killed + 523 * ms,
      "broker-a-1",
      "INFO  [n1][VOTE_RESULT] term=4 NOT_ENOUGH accepted=1 unknown=1 <script>alert('log')</script>",
    ),
    log(killed + 724 * ms, "broker-a-1", "INFO  [n1] [VOTE_RESULT] in term 5 became LEADER"),
    log(
      killed + 798 * ms,
      "broker-a-1",
      "INFO  Begin handling broker role change term=5 role=LEADER currStoreRole=SLAVE",
    ),
    log(killed + 812 * ms, "broker-a-1", "INFO  register broker[0] to name server namesrv-0:9876 OK"),
    log(killed + 8 * s + 3 * s, "broker-a-0", "INFO  [n0] become FOLLOWER in term 5, leader=n1"),
    { type: "phase", at: 16 * s, name: "recovery" },
    role(19 * s + 100 * ms, "broker-a-0", "follower", 5, 19 * s + 50 * ms),
  ];
  const header = makeHeader({
    seed,
    drill: "leader-kill",
    mode: "dledger",
    command: "hotfire drill run leader-kill --on dledger-2x3 --seed 1 --limit rto=2s,lost=0",
    title:
      "Kill the leader of a DLedger group under load; another broker must take over and nothing may be lost.",
    rate: rate * 2,
    groups: [
      { name: "broker-a", brokers: ["broker-a-0", "broker-a-1", "broker-a-2"] },
      { name: "broker-b", brokers: ["broker-b-0", "broker-b-1", "broker-b-2"] },
    ],
  });
  return assemble(header, [...facts, ...load], readBack, until, {
    masters: { "broker-a": "broker-a-1", "broker-b": "broker-b-0" },
  });
}

/** Asynchronous replication; broker-a's master loses its disk at 8 s with `lost` messages that its slave has not. */
export function asyncDiskLoss(options: ScenarioOptions & { readonly lost?: number } = {}): StoredRecord[] {
  const { seed = 2, rate = 200, lost: lostCount = 37 } = options;
  const jitter = random(seed);
  const destroyed = 8 * s;
  const back = 19 * s + 310 * ms;
  const until = 26 * s;
  const missing = destroyed - lostCount * Math.round(s / rate);
  const send = (at: Micros): Answer => {
    if (at < destroyed) return good("broker-a-0", 1.2, jitter);
    if (at < destroyed + 3 * ms) return lost("broker-a-0", destroyed + 5 * ms - at, false);
    return at < back ? refused("broker-a-0", jitter) : good("broker-a-0", 1.4, jitter);
  };
  const pull = (at: Micros): Answer => {
    if (at < destroyed) return good("broker-a-0", 0.9, jitter);
    return at < destroyed + 1310 * ms ? refused("broker-a-0", jitter) : good("broker-a-1", 1, jitter);
  };
  const groups: GroupModel[] = [
    {
      name: "broker-a",
      rate,
      send,
      pull,
      replicas: ["broker-a-0", "broker-a-1"],
      survives: (message) => message.sent < missing || message.sent > destroyed,
    },
    healthy("broker-b", rate, ["broker-b-0", "broker-b-1"], jitter),
  ];
  const { load, readBack } = simulate(groups, until, jitter);
  const role = (at: number, node: string, now: RoleName): StoredRecord => ({
    type: "role",
    at,
    ...(at === 0 ? {} : { previousAt: at - 50 * ms }),
    group: node.slice(0, 8),
    node,
    role: now,
    source: "broker",
  });
  const facts: StoredRecord[] = [
    { type: "phase", at: 0, name: "baseline" },
    role(0, "broker-a-0", "master"),
    role(0, "broker-a-1", "slave"),
    role(0, "broker-b-0", "master"),
    role(0, "broker-b-1", "slave"),
    { type: "phase", at: destroyed, name: "fault" },
    ...faultRecords({
      id: "f1",
      kind: "disk-destroyed",
      target: "broker-a:master",
      nodes: ["broker-a-0"],
      groups: ["broker-a"],
      begin: destroyed,
      end: destroyed + 130 * ms,
      healBegin: 15 * s,
      healEnd: 19 * s + 300 * ms,
      words: [
        "exited at 2025-11-03T10:00:08.020Z with code 137; 0 files left",
        "rebuilt from the store of broker-a-1, which was stopped for it; 51 files copied; running since 2025-11-03T10:00:15.100Z, pid 4712",
      ],
    }),
    role(destroyed + 70 * ms, "broker-a-0", "unreachable"),
    log(
      destroyed + 40 * ms,
      "broker-a-1",
      "WARN  HAClient, processReadEvent read socket < 0, connection to master closed",
    ),
    log(
      destroyed + 5 * s,
      "broker-a-1",
      "ERROR HAClient, connect to master broker-a-0:10912 failed, retry in 5 s",
    ),
    { type: "phase", at: 15 * s, name: "recovery" },
    log(18 * s, "broker-a-0", "INFO  load mapped files: 0, store is empty, begin from offset 0"),
    role(18 * s + 900 * ms, "broker-a-0", "master"),
  ];
  const header = makeHeader({
    seed,
    drill: "async-disk-loss",
    mode: "master-slave-async",
    command: "hotfire drill run async-disk-loss --on master-slave-async --seed 2 --limit lost=0",
    title: "Destroy the master's disk while the slave lags: a few acknowledged messages are lost.",
    rate: rate * 2,
    groups: [
      { name: "broker-a", brokers: ["broker-a-0", "broker-a-1"] },
      { name: "broker-b", brokers: ["broker-b-0", "broker-b-1"] },
    ],
  });
  return assemble(header, [...facts, ...load], readBack, until, {
    masters: { "broker-a": "broker-a-0", "broker-b": "broker-b-0" },
  });
}

type RoleName = "leader" | "follower" | "candidate" | "master" | "slave" | "unreachable";

/** What every run tells besides: it was whole, all was sent and read, and where clients are routed to. */
export interface Closing {
  /** Group -> the node that clients read. */
  readonly masters: Readonly<Record<string, string>>;
}

/** Puts records in the order in which a run writes them and closes them with an end record. */
export function assemble(
  header: HeaderRecord,
  load: readonly StoredRecord[],
  readBack: readonly StoredRecord[],
  until: Micros,
  { masters }: Closing,
): StoredRecord[] {
  const sent = load.filter(({ type }) => type === "send").length;
  const groups = Object.entries(masters);
  const healed = Math.max(0, ...load.map((record) => (record.type === "fault-healed" ? record.end : 0)));
  const whole: StoredRecord = { type: "whole", at: Math.max(healed, until - 3 * s), missing: [] };
  const brokersOf = (group: string) =>
    header.cluster.groups.find(({ name }) => name === group)?.brokers ?? [];
  const isTold = (namesrv: string, group: string) =>
    load.some((one) => one.type === "route" && one.namesrv === namesrv && one.group === group);
  /** Who acknowledged in a group, each since when. */
  const writersOf = (group: string) => {
    const changes: { readonly broker: string; readonly since: Micros }[] = [];
    for (const one of load)
      if (
        one.type === "send" &&
        one.group === group &&
        one.outcome === "acknowledged" &&
        one.broker !== undefined
      )
        if (changes.at(-1)?.broker !== one.broker) changes.push({ broker: one.broker, since: one.done });
    return changes;
  };
  const routesOf = (group: string, master: string, namesrv: string): StoredRecord[] => {
    const route = { type: "route", namesrv, group, members: brokersOf(group) } as const;
    if (isTold(namesrv, group)) return [{ ...route, at: until, previousAt: until - 50 * ms, master }];
    const [first, ...later] = writersOf(group);
    return [
      { ...route, at: 0, master: first?.broker ?? master },
      ...later.map(
        ({ broker, since }): StoredRecord => ({
          ...route,
          at: since,
          previousAt: since - 50 * ms,
          master: broker,
        }),
      ),
    ];
  };
  const routes = groups.flatMap(([group, master]) =>
    ["namesrv-0", "namesrv-1"].flatMap((namesrv) => routesOf(group, master, namesrv)),
  );
  const closing: StoredRecord[] = [
    { type: "phase", at: until, name: "drain" },
    { type: "sending-stopped", at: until + s, client: "hotfire", sent },
    { type: "drained", at: until + s, complete: true },
    { type: "phase", at: until + 4 * s, name: "read-back" },
    ...groups.map(
      ([group, node]): StoredRecord => ({
        type: "authority",
        at: until + 4 * s,
        group,
        node,
        by: "route",
        routed: { "namesrv-0": node, "namesrv-1": node },
        masters: [node],
      }),
    ),
  ];
  const ordered = [...load, whole, ...routes].sort((a, b) => writtenAt(a) - writtenAt(b));
  const body = [...ordered, ...closing, ...readBack];
  return [header, ...body, { type: "end", at: until + 5 * s, reason: "completed", records: body.length + 1 }];
}

/** When a run would have written a record that its load, its faults or its observers bring. */
export function writtenAt(record: StoredRecord): Micros {
  if ("done" in record) return record.done;
  if ("at" in record) return record.at;
  return "end" in record ? record.end : 0;
}

export interface HeaderPart {
  readonly drill?: string;
  readonly command?: string;
  readonly title?: string;
  readonly seed?: number;
  readonly mode?: string;
  readonly rate?: number;
  readonly groups: HeaderRecord["cluster"]["groups"];
  readonly expectation?: Expectation;
  readonly queuesPerGroup?: number;
  readonly consumerGroups?: readonly string[];
}

export function makeHeader(part: HeaderPart): HeaderRecord {
  return {
    type: "header",
    version: historyVersion,
    drill: part.drill ?? "synthetic",
    ...(part.title === undefined ? {} : { title: part.title }),
    expectation: part.expectation ?? {
      claim: "nothing acknowledged is lost",
      source: "synthetic",
      rules: [],
    },
    command: part.command ?? "hotfire drill run synthetic",
    seed: part.seed ?? 1,
    clock: { origin },
    cluster: {
      name: "drill-1",
      mode: part.mode ?? "dledger",
      spec: {
        version: 1,
        mode: part.mode ?? "dledger",
        groups: part.groups.map(({ name, brokers }) => ({ name, replicas: brokers.length })),
        replicas: 3,
        namesrvs: 2,
      },
      groups: part.groups,
      namesrvs: ["namesrv-0", "namesrv-1"],
    },
    workload: {
      rate: part.rate ?? 100,
      messageBytes,
      clients: ["hotfire"],
      topic: "drill",
      queuesPerGroup: part.queuesPerGroup ?? 4,
      producer: "hotfire",
      consumer: "hotfire",
      consumerGroups: [...(part.consumerGroups ?? ["drill-consumers"])],
      numberedBodies: true,
    },
    versions: { hotfire: "0.1.0", rocketmq: "5.5.0", docker: "26.1.5", node: "24.21.0" },
    images: {
      "hotfire/broker:5.5.0": "sha256:5d0c1f2b7a9e4c3d8f6a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60",
      "hotfire/namesrv:5.5.0": "sha256:a1b2c3d4e5f60718293a4b5c6d7e8f905d0c1f2b7a9e4c3d8f6a1b2c3d4e5f61",
    },
    machine: "2 cores, 24 GiB, Linux 6.12",
  };
}

function log(at: Micros, node: string, line: string): StoredRecord {
  return { type: "log", at, node, line };
}
