import type { Rule } from "../history/expectation.ts";
import type { Micros } from "../history/micros.ts";
import type { InventedFault } from "./proofs.ts";

const s = 1_000_000;
const ms = 1000;

type FaultPlan = Omit<InventedFault, "id">;

/** Which broker of a group is written to and read from a moment on; none while it is away. */
export interface Turn {
  readonly from: Micros;
  readonly writer?: string;
  readonly reader?: string;
}

/** What an invented run is made of. */
export interface RunPlan {
  readonly name: string;
  readonly mode: string;
  readonly groups: readonly GroupPlan[];
  readonly faults: readonly FaultPlan[];
  readonly claim: readonly Rule[];
  readonly until: Micros;
}

interface GroupPlan {
  readonly name: string;
  readonly brokers: readonly string[];
  readonly turns: readonly Turn[];
}

const target = { groups: "target" } as const;
const writes = { check: "outage", verb: "send", ...target } as const;
const reads = { check: "outage", verb: "consume", ...target } as const;
const takesOver: Rule = { check: "takeovers", ...target, per: "fault", min: 1 };
const noTakeover: Rule = { check: "takeovers", ...target, max: 0 };
const writesRecover: Rule = { ...writes, expect: "recovers" };
const writesNeedHealing: Rule = { ...writes, expect: "until-healed" };

const fault = (node: string, begin: Micros, healBegin: Micros, part: Partial<FaultPlan> = {}): FaultPlan => {
  const group = node.slice(0, node.lastIndexOf("-"));
  return {
    kind: "kill",
    target: `${group}:writer`,
    nodes: [node],
    groups: [group],
    begin,
    healBegin,
    healEnd: healBegin + 400 * ms,
    ...part,
  };
};

const group = (name: string, brokers: number, ...later: readonly Turn[]): GroupPlan => ({
  name,
  brokers: Array.from({ length: brokers }, (_, index) => `${name}-${index}`),
  turns: [{ from: 0, writer: `${name}-0`, reader: `${name}-0` }, ...later],
});

/** A writer is lost at `begin`, and another one takes over 0.9 s later. */
const switched = (begin: Micros, to: string): Turn[] => [
  { from: begin },
  { from: begin + 900 * ms, writer: to, reader: to },
];

/** No broker writes from 6 s on, and the first broker does again at 10 s; `reader` meanwhile, if any, from `readFrom` on. */
const away = (name: string, reader?: string, readFrom: Micros = 6 * s): Turn[] => [
  { from: 6 * s },
  ...(reader === undefined ? [] : [{ from: readFrom, reader }]),
  { from: 10 * s, writer: `${name}-0`, reader: `${name}-0` },
];

export const plans: readonly RunPlan[] = [
  {
    name: "dledger-kill",
    mode: "dledger",
    groups: [group("broker-a", 3, ...switched(6 * s, "broker-a-1"))],
    faults: [fault("broker-a-0", 6 * s, 11 * s)],
    claim: [writesRecover, { ...reads, expect: "recovers" }, takesOver],
    until: 17 * s,
  },
  {
    name: "dledger-2x3-kill",
    mode: "dledger",
    groups: [group("broker-a", 3, ...switched(6 * s, "broker-a-1")), group("broker-b", 3)],
    faults: [fault("broker-a-0", 6 * s, 11 * s)],
    claim: [writesRecover, takesOver],
    until: 17 * s,
  },
  {
    name: "controller-pause",
    mode: "controller",
    groups: [group("broker-a", 3, ...switched(6 * s, "broker-a-2"))],
    faults: [fault("broker-a-0", 6 * s, 11 * s, { kind: "pause" })],
    claim: [writesRecover, takesOver],
    until: 17 * s,
  },
  {
    name: "controller-cut",
    mode: "controller",
    groups: [group("broker-a", 2, ...switched(6 * s, "broker-a-1")), group("broker-b", 2)],
    faults: [fault("broker-a-0", 6 * s, 11 * s, { kind: "cut" })],
    claim: [writesRecover, takesOver],
    until: 17 * s,
  },
  {
    name: "single-master-kill",
    mode: "single-master",
    groups: [group("broker-a", 1, ...away("broker-a"))],
    faults: [fault("broker-a-0", 6 * s, 9 * s)],
    claim: [writesNeedHealing, { ...reads, expect: "until-healed" }],
    until: 16 * s,
  },
  {
    name: "single-master-disk-full",
    mode: "single-master",
    groups: [group("broker-a", 1, ...away("broker-a", "broker-a-0"))],
    faults: [fault("broker-a-0", 6 * s, 9 * s, { kind: "disk-full" })],
    claim: [writesNeedHealing],
    until: 16 * s,
  },
  {
    name: "multi-master-kill",
    mode: "multi-master",
    groups: [group("broker-a", 1, ...away("broker-a")), group("broker-b", 1)],
    faults: [fault("broker-a-0", 6 * s, 9 * s)],
    claim: [writesNeedHealing],
    until: 16 * s,
  },
  {
    name: "master-slave-async-kill",
    mode: "master-slave-async",
    groups: [group("broker-a", 2, ...away("broker-a", "broker-a-1", 6 * s + 400 * ms)), group("broker-b", 2)],
    faults: [fault("broker-a-0", 6 * s, 9 * s)],
    claim: [writesNeedHealing, { ...reads, expect: "recovers" }, noTakeover],
    until: 16 * s,
  },
  {
    name: "master-slave-sync-replica-kill",
    mode: "master-slave-sync",
    groups: [group("broker-a", 2, ...away("broker-a", "broker-a-0")), group("broker-b", 2)],
    faults: [fault("broker-a-1", 6 * s, 9 * s)],
    claim: [writesNeedHealing, noTakeover],
    until: 16 * s,
  },
  {
    name: "dledger-series",
    mode: "dledger",
    groups: [
      group(
        "broker-a",
        3,
        ...switched(5 * s, "broker-a-1"),
        ...switched(15 * s, "broker-a-2"),
        ...switched(25 * s, "broker-a-0"),
      ),
      group("broker-b", 3),
    ],
    faults: [
      fault("broker-a-0", 5 * s, 8 * s),
      fault("broker-a-1", 15 * s, 18 * s, { kind: "pause" }),
      fault("broker-a-2", 25 * s, 27 * s, { kind: "switchover", successor: "broker-a-0" }),
    ],
    claim: [writesRecover, takesOver],
    until: 34 * s,
  },
  {
    name: "namesrv-kill",
    mode: "master-slave-async",
    groups: [group("broker-a", 2), group("broker-b", 2)],
    faults: [fault("namesrv-0", 6 * s, 10 * s, { target: "namesrv-0", groups: [] })],
    claim: [],
    until: 16 * s,
  },
  {
    name: "clock-step",
    mode: "master-slave-sync",
    groups: [group("broker-a", 2), group("broker-b", 2)],
    faults: [fault("broker-a-0", 6 * s, 10 * s, { kind: "clock-step" })],
    claim: [{ check: "outage", ...target, expect: "none" }],
    until: 16 * s,
  },
  {
    name: "no-fault",
    mode: "master-slave-sync",
    groups: [group("broker-a", 2), group("broker-b", 2)],
    faults: [],
    claim: [],
    until: 9 * s,
  },
];
