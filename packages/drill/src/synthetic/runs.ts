import type { Micros } from "../history/micros.ts";
import type { StoredRecord } from "../history/record.ts";
import type { Expectation, Rule } from "../verdict/rule.ts";
import { good, refused } from "./answers.ts";
import { random } from "./random.ts";
import { assemble, makeHeader } from "./scenarios.ts";
import { type Answer, type GroupModel, simulate } from "./simulate.ts";

const s = 1_000_000;
const ms = 1000;
const origin = Date.parse("2025-11-03T10:00:00.000Z");
const iso = (at: Micros) => new Date(origin + at / 1000).toISOString();

/** An invented run of a mode that does what it claims: what mutations are made of. */
export interface SampleRun {
  readonly name: string;
  readonly mode: string;
  /** Its faults, in order, with the group that each hit; none of a fault that hits no broker. */
  readonly faults: readonly {
    readonly id: string;
    readonly group: string | undefined;
    readonly begin: Micros;
    readonly healed: Micros;
  }[];
  readonly groups: readonly string[];
  readonly records: readonly StoredRecord[];
  /** End of the load. */
  readonly until: Micros;
}

interface FaultPlan {
  readonly kind: "kill" | "pause" | "switchover";
  readonly target: string;
  readonly nodes: readonly string[];
  readonly groups: readonly string[];
  readonly begin: Micros;
  readonly healBegin: Micros;
  readonly healEnd: Micros;
}

/** Who writes and who is read of a group from a moment on; nobody while it is away. */
interface Turn {
  readonly from: Micros;
  readonly writer?: string;
  readonly reader?: string;
}

interface RunPlan {
  readonly name: string;
  readonly mode: string;
  readonly groups: readonly {
    readonly name: string;
    readonly brokers: readonly string[];
    readonly turns: readonly Turn[];
  }[];
  readonly faults: readonly FaultPlan[];
  readonly claim: readonly Rule[];
  readonly until: Micros;
}

const proofs: Readonly<Record<FaultPlan["kind"], (one: FaultPlan) => { seen: string; healed: string }>> = {
  kill: ({ begin, healBegin }) => ({
    seen: `exited at ${iso(begin + 20 * ms)} with code 137`,
    healed: `running since ${iso(healBegin + 100 * ms)}, pid 4711`,
  }),
  pause: () => ({ seen: "paused; no answer within 300 ms", healed: "running; answers" }),
  switchover: () => ({
    seen: "successor takes the writes, 310 ms after the request",
    healed: "successor takes the writes, 310 ms after the request",
  }),
};

function faultRecords(plan: FaultPlan, index: number): StoredRecord[] {
  const fault = `f${index + 1}`;
  const { kind, target, nodes, groups, begin, healBegin, healEnd } = plan;
  const { seen, healed } = proofs[kind](plan);
  const how = "container state";
  return [
    { type: "fault-planned", at: begin, fault, kind, target },
    {
      type: "fault-injected",
      fault,
      kind,
      target,
      nodes: [...nodes],
      groups: [...groups],
      begin,
      end: begin + 60 * ms,
      proof: { how, seen },
    },
    { type: "fault-healed", fault, begin: healBegin, end: healEnd, proof: { how, seen: healed } },
    { type: "whole", at: healEnd + s, missing: [] },
  ];
}

const elects = (mode: string) => mode === "dledger" || mode === "controller";
const rate = 40;

function build(plan: RunPlan, seed: number): SampleRun {
  const jitter = random(seed);
  const { mode, until } = plan;
  const turnAt = (turns: readonly Turn[], at: Micros) => turns.findLast(({ from }) => from <= at);
  const answer = (broker: string | undefined): Answer =>
    broker === undefined ? refused("away", jitter) : good(broker, 1.5, jitter);
  const lastWriter = (turns: readonly Turn[]) =>
    turns.findLast(({ writer }) => writer !== undefined)?.writer ?? "";
  const models = plan.groups.map(
    ({ name, brokers, turns }): GroupModel => ({
      name,
      rate,
      pullEvery: 50 * ms,
      send: (at) => answer(turnAt(turns, at)?.writer),
      pull: (at) => answer(turnAt(turns, at)?.reader),
      replicas: brokers.toSorted((a, b) => Number(b === lastWriter(turns)) - Number(a === lastWriter(turns))),
      survives: () => true,
    }),
  );
  const { load, readBack } = simulate(models, until, jitter);
  const roles = plan.groups.flatMap(({ name: group, brokers, turns }): StoredRecord[] => {
    const writers = turns.flatMap(({ from, writer }) => (writer === undefined ? [] : [{ from, writer }]));
    const changes = writers.filter(({ writer }, index) => writer !== writers[index - 1]?.writer);
    return changes.flatMap(({ from, writer }, index): StoredRecord[] =>
      brokers.map(
        (node): StoredRecord => ({
          type: "role",
          at: Math.max(0, from - 5 * ms),
          ...(from === 0 ? {} : { previousAt: from - 60 * ms }),
          group,
          node,
          role:
            node === writer
              ? mode === "dledger"
                ? "leader"
                : "master"
              : mode === "dledger"
                ? "follower"
                : "slave",
          ...(elects(mode) ? { term: index + 1 } : {}),
          source: mode === "dledger" ? "self" : "broker",
        }),
      ),
    );
  });
  const facts: StoredRecord[] = [
    { type: "phase", at: 0, name: "baseline" },
    ...roles,
    ...plan.faults.flatMap(faultRecords),
  ];
  const expectation: Expectation = {
    claim: "it does what it claims",
    source: "synthetic",
    rules: [...plan.claim],
    ...(plan.faults.length === 0 ? { faults: "none" } : {}),
  };
  const header = makeHeader({
    drill: plan.name,
    mode,
    rate: rate * plan.groups.length,
    groups: plan.groups.map(({ name, brokers }) => ({ name, brokers: [...brokers] })),
    expectation,
  });
  const masters = Object.fromEntries(plan.groups.map(({ name, turns }) => [name, lastWriter(turns)]));
  return {
    name: plan.name,
    mode,
    until,
    groups: plan.groups.map(({ name }) => name),
    faults: plan.faults.map(({ groups, begin, healEnd }, index) => ({
      id: `f${index + 1}`,
      group: groups[0],
      begin,
      healed: healEnd,
    })),
    records: assemble(header, [...facts, ...load], readBack, until, { masters }),
  };
}

const target = { groups: "target" } as const;
const writes = { check: "outage", verb: "send", ...target } as const;
const reads = { check: "outage", verb: "consume", ...target } as const;
const takesOver: Rule = { check: "takeovers", ...target, per: "fault", min: 1 };
const nobodyTakesOver: Rule = { check: "takeovers", ...target, max: 0 };

const kill = (node: string, group: string, begin: Micros, healBegin: Micros): FaultPlan => ({
  kind: "kill",
  target: `${group}:writer`,
  nodes: [node],
  groups: [group],
  begin,
  healBegin,
  healEnd: healBegin + 400 * ms,
});

const three = (group: string) => [0, 1, 2].map((index) => `${group}-${index}`);
const steady = (group: string) => [{ from: 0, writer: `${group}-0`, reader: `${group}-0` }];

/** A writer is lost at `begin`, and another one takes over 0.9 s later. */
const switched = (begin: Micros, to: string): Turn[] => [
  { from: begin },
  { from: begin + 900 * ms, writer: to, reader: to },
];

const plans: readonly RunPlan[] = [
  {
    name: "dledger-kill",
    mode: "dledger",
    groups: [
      {
        name: "broker-a",
        brokers: three("broker-a"),
        turns: [...steady("broker-a"), ...switched(6 * s, "broker-a-1")],
      },
    ],
    faults: [kill("broker-a-0", "broker-a", 6 * s, 11 * s)],
    claim: [{ ...writes, expect: "recovers" }, { ...reads, expect: "recovers" }, takesOver],
    until: 17 * s,
  },
  {
    name: "dledger-2x3-kill",
    mode: "dledger",
    groups: [
      {
        name: "broker-a",
        brokers: three("broker-a"),
        turns: [...steady("broker-a"), ...switched(6 * s, "broker-a-1")],
      },
      { name: "broker-b", brokers: three("broker-b"), turns: steady("broker-b") },
    ],
    faults: [kill("broker-a-0", "broker-a", 6 * s, 11 * s)],
    claim: [{ ...writes, expect: "recovers" }, takesOver],
    until: 17 * s,
  },
  {
    name: "controller-pause",
    mode: "controller",
    groups: [
      {
        name: "broker-a",
        brokers: three("broker-a"),
        turns: [...steady("broker-a"), ...switched(6 * s, "broker-a-2")],
      },
    ],
    faults: [{ ...kill("broker-a-0", "broker-a", 6 * s, 11 * s), kind: "pause" }],
    claim: [{ ...writes, expect: "recovers" }, takesOver],
    until: 17 * s,
  },
  {
    name: "single-master-kill",
    mode: "single-master",
    groups: [
      {
        name: "broker-a",
        brokers: ["broker-a-0"],
        turns: [
          ...steady("broker-a"),
          { from: 6 * s },
          { from: 10 * s, writer: "broker-a-0", reader: "broker-a-0" },
        ],
      },
    ],
    faults: [kill("broker-a-0", "broker-a", 6 * s, 9 * s)],
    claim: [
      { ...writes, expect: "until-healed" },
      { ...reads, expect: "until-healed" },
    ],
    until: 16 * s,
  },
  {
    name: "multi-master-kill",
    mode: "multi-master",
    groups: [
      {
        name: "broker-a",
        brokers: ["broker-a-0"],
        turns: [
          ...steady("broker-a"),
          { from: 6 * s },
          { from: 10 * s, writer: "broker-a-0", reader: "broker-a-0" },
        ],
      },
      { name: "broker-b", brokers: ["broker-b-0"], turns: steady("broker-b") },
    ],
    faults: [kill("broker-a-0", "broker-a", 6 * s, 9 * s)],
    claim: [{ ...writes, expect: "until-healed" }],
    until: 16 * s,
  },
  {
    name: "master-slave-async-kill",
    mode: "master-slave-async",
    groups: [
      {
        name: "broker-a",
        brokers: ["broker-a-0", "broker-a-1"],
        turns: [
          ...steady("broker-a"),
          { from: 6 * s },
          { from: 6 * s + 400 * ms, reader: "broker-a-1" },
          { from: 10 * s, writer: "broker-a-0", reader: "broker-a-0" },
        ],
      },
      { name: "broker-b", brokers: ["broker-b-0", "broker-b-1"], turns: steady("broker-b") },
    ],
    faults: [kill("broker-a-0", "broker-a", 6 * s, 9 * s)],
    claim: [{ ...writes, expect: "until-healed" }, { ...reads, expect: "recovers" }, nobodyTakesOver],
    until: 16 * s,
  },
  {
    name: "master-slave-sync-replica-kill",
    mode: "master-slave-sync",
    groups: [
      {
        name: "broker-a",
        brokers: ["broker-a-0", "broker-a-1"],
        turns: [
          ...steady("broker-a"),
          { from: 6 * s, reader: "broker-a-0" },
          { from: 10 * s, writer: "broker-a-0", reader: "broker-a-0" },
        ],
      },
      { name: "broker-b", brokers: ["broker-b-0", "broker-b-1"], turns: steady("broker-b") },
    ],
    faults: [kill("broker-a-1", "broker-a", 6 * s, 9 * s)],
    claim: [{ ...writes, expect: "until-healed" }, nobodyTakesOver],
    until: 16 * s,
  },
  {
    name: "dledger-series",
    mode: "dledger",
    groups: [
      {
        name: "broker-a",
        brokers: three("broker-a"),
        turns: [
          ...steady("broker-a"),
          ...switched(5 * s, "broker-a-1"),
          ...switched(15 * s, "broker-a-2"),
          ...switched(25 * s, "broker-a-0"),
        ],
      },
      { name: "broker-b", brokers: three("broker-b"), turns: steady("broker-b") },
    ],
    faults: [
      kill("broker-a-0", "broker-a", 5 * s, 8 * s),
      { ...kill("broker-a-1", "broker-a", 15 * s, 18 * s), kind: "pause" },
      { ...kill("broker-a-2", "broker-a", 25 * s, 27 * s), kind: "switchover" },
    ],
    claim: [{ ...writes, expect: "recovers" }, takesOver],
    until: 34 * s,
  },
  {
    name: "namesrv-kill",
    mode: "master-slave-async",
    groups: [
      { name: "broker-a", brokers: ["broker-a-0", "broker-a-1"], turns: steady("broker-a") },
      { name: "broker-b", brokers: ["broker-b-0", "broker-b-1"], turns: steady("broker-b") },
    ],
    faults: [{ ...kill("namesrv-0", "", 6 * s, 10 * s), target: "namesrv-0", groups: [] }],
    claim: [],
    until: 16 * s,
  },
  {
    name: "no-fault",
    mode: "master-slave-sync",
    groups: [
      { name: "broker-a", brokers: ["broker-a-0", "broker-a-1"], turns: steady("broker-a") },
      { name: "broker-b", brokers: ["broker-b-0", "broker-b-1"], turns: steady("broker-b") },
    ],
    faults: [],
    claim: [],
    until: 9 * s,
  },
];

/** One run of each mode and kind, as a stored run would tell it; the same every time. */
export const sampleRuns: readonly SampleRun[] = plans.map((plan, index) => build(plan, index + 11));
