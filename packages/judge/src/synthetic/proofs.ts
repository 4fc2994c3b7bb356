import type { ProvenKind } from "../checkers/proofs.ts";
import type { Evidence } from "../history/evidence.ts";
import type { Asked, Proof } from "../history/fault-records.ts";
import type { Micros } from "../history/micros.ts";
import type { StoredRecord } from "../history/record.ts";

/** Wall-clock time of moment 0 of every invented history. */
export const origin = "2025-11-03T10:00:00.000Z";
const ms = 1000;

export interface InventedFault {
  readonly id: string;
  readonly kind: ProvenKind;
  readonly target: string;
  readonly nodes: readonly string[];
  readonly groups: readonly string[];
  readonly begin: Micros;
  /** When it was proven in force; 60 ms after its order by default. */
  readonly end?: Micros;
  readonly healBegin: Micros;
  readonly healEnd: Micros;
  readonly asked?: Asked;
  /** Of a switchover. */
  readonly successor?: string;
  /** What a person reads of its injection and of its healing. */
  readonly words?: readonly [string, string];
}

/** A finding without the node and the moment. */
type Finding = Evidence extends infer One ? (One extends Evidence ? Omit<One, "node" | "at"> : never) : never;

interface Steps {
  readonly injected: readonly Finding[];
  readonly healed: readonly Finding[];
}

/** What a fault that worked would have shown: records of its plan, its injection and its healing. */
export function faultRecords(fault: InventedFault): StoredRecord[] {
  const { id, kind, target, nodes, groups, begin, healBegin, healEnd } = fault;
  const end = fault.end ?? begin + 60 * ms;
  const { injected, healed } = findings[kind](fault);
  const [seen = `${kind} is in force`, over = `${kind} is over`] = fault.words ?? [];
  const at = (moment: Micros, found: readonly Finding[], words: string): Proof => ({
    how: "container state",
    seen: words,
    evidence: nodes.flatMap((node) => found.map((one) => ({ ...one, node, at: moment }))),
  });
  return [
    { type: "fault-planned", at: begin, fault: id, kind, target, asked: fault.asked ?? askedFor[kind] ?? {} },
    {
      type: "fault-injected",
      fault: id,
      kind,
      target,
      nodes: [...nodes],
      groups: [...groups],
      begin,
      end,
      proof: at(end, injected, seen),
    },
    {
      type: "fault-healed",
      fault: id,
      begin: healBegin,
      end: healEnd,
      proof: at(kind === "switchover" ? end : healEnd, healed, over),
    },
  ];
}

const askedFor: Readonly<Partial<Record<ProvenKind, Asked>>> = {
  cut: { from: ["peers"], direction: "both" },
  loss: { from: ["peers"], percent: 5 },
  throttle: { from: ["peers"], bytesPerSecond: 60_000 },
  delay: { from: ["peers"], ms: 100 },
  "cpu-squeeze": { cpus: 0.1 },
  "clock-step": { seconds: 20 },
};

const iso = (at: Micros) => new Date(Date.parse(origin) + at / 1000).toISOString();

const exit = (begin: Micros, code: number): Finding[] => {
  const engineTime = iso(begin + 20 * ms);
  return [
    { kind: "container-state", before: "running", after: "exited", engineTime },
    { kind: "exit-code", code, engineTime },
  ];
};
const start = (healBegin: Micros): Finding => ({
  kind: "container-state",
  before: "exited",
  after: "running",
  engineTime: iso(healBegin + 100 * ms),
});
const filtered = (): Steps => ({
  injected: [{ kind: "packets", to: 0, from: 12 }],
  healed: [
    { kind: "filter", left: 0, ended: "removed" },
    { kind: "connections", tried: 2, answered: 2 },
  ],
});

const findings: Readonly<Record<ProvenKind, (fault: InventedFault) => Steps>> = {
  kill: ({ begin, healBegin }) => ({ injected: exit(begin, 137), healed: [start(healBegin)] }),
  stop: ({ begin, healBegin }) => ({ injected: exit(begin, 143), healed: [start(healBegin)] }),
  restart: ({ begin }) => {
    const again = start(begin - 60 * ms);
    return { injected: [...exit(begin, 143), again], healed: [again] };
  },
  switchover: ({ successor = "" }) => {
    const role: Finding = { kind: "role", role: "writer", holder: successor };
    return { injected: [role], healed: [role] };
  },
  pause: () => ({
    injected: [
      { kind: "container-state", before: "running", after: "paused" },
      { kind: "request", reply: "silent" },
    ],
    healed: [
      { kind: "container-state", before: "paused", after: "running" },
      { kind: "request", reply: "answered" },
    ],
  }),
  cut: () => ({
    injected: [
      { kind: "connections", tried: 2, answered: 0 },
      { kind: "packets", to: 3, from: 4 },
    ],
    healed: filtered().healed,
  }),
  loss: filtered,
  throttle: filtered,
  delay: filtered,
  "cpu-squeeze": () => ({
    injected: [{ kind: "cpu-limit", before: null, after: 0.1 }],
    healed: [{ kind: "cpu-limit", before: 0.1, after: null }],
  }),
  "clock-step": () => ({
    injected: [{ kind: "clock-offset", ms: 20_120 }],
    healed: [{ kind: "clock-offset", ms: -80 }],
  }),
  "disk-destroyed": ({ begin, healBegin }) => ({
    injected: [...exit(begin, 137), { kind: "files-left", files: 0 }],
    healed: [start(healBegin)],
  }),
  "disk-full": () => ({
    injected: [{ kind: "disk-use", percent: 94.2, bytes: 2 ** 31 }],
    healed: [{ kind: "disk-use", percent: 31.5, bytes: 2 ** 31 }],
  }),
};
