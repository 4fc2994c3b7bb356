import { describe, expect, test } from "vitest";
import type { StoredRecord } from "../history/record.ts";
import { faultRecords, origin } from "../synthetic/proofs.ts";
import { type DoubtContext, doubtsOf } from "./fault-evidence.ts";
import { FaultLog } from "./faults.ts";
import { type ProvenKind, proofOf } from "./proofs.ts";

const s = 1_000_000;
const header: DoubtContext["header"] = {
  version: 3,
  clock: { origin },
  cluster: {
    name: "c",
    mode: "dledger",
    spec: {},
    groups: [{ name: "broker-a", brokers: ["broker-a-0", "broker-a-1"] }],
    namesrvs: [],
  },
  workload: { producer: "hotfire" },
};

function fault(kind: ProvenKind, nodes = ["broker-a-0", "broker-a-1"]): StoredRecord[] {
  return faultRecords({
    id: "f1",
    kind,
    target: "broker-a:writer",
    nodes,
    groups: ["broker-a"],
    begin: 5 * s,
    healBegin: 9 * s,
    healEnd: 10 * s,
    successor: "broker-a-1",
  });
}

function doubts(records: readonly StoredRecord[], of = header): string[] {
  const log = new FaultLog();
  for (const record of records) if (record.type.startsWith("fault-")) log.add(asFault(record));
  const faults = log.faults();
  return faults.flatMap((one) => doubtsOf(one, { faults, header: of }));
}

function asFault(record: StoredRecord) {
  if (record.type === "fault-planned" || record.type === "fault-injected" || record.type === "fault-healed")
    return record;
  throw new TypeError(record.type);
}

const kinds: readonly ProvenKind[] = [
  "kill",
  "stop",
  "restart",
  "switchover",
  "pause",
  "cut",
  "loss",
  "throttle",
  "delay",
  "cpu-squeeze",
  "clock-step",
  "disk-destroyed",
  "disk-full",
];

describe("what proves a fault", () => {
  test("is asked of every kind here", () => {
    expect(kinds.toSorted()).toEqual(Object.keys(proofOf).toSorted());
  });

  test.each(kinds)("%s: evidence of each node, at its moment", (kind) => {
    expect(doubts(fault(kind))).toEqual([]);
  });

  test.each(
    kinds.flatMap((kind) => kinds.flatMap((other) => (shows(other, kind) ? [] : [[kind, other] as const]))),
  )("%s is not proven by what shows %s", (kind, other) => {
    const [planned, injected, healed] = fault(kind);
    const [, shown] = fault(other);
    if (injected?.type !== "fault-injected" || shown?.type !== "fault-injected") throw new TypeError(kind);
    const mixed = [planned, { ...injected, proof: shown.proof }, healed].flatMap((one) => one ?? []);
    expect(doubts(mixed)).toEqual([expect.stringMatching(/never seen in force/)]);
  });
});

test("a fault is healed after it was in force", () => {
  const early = fault("kill").map((record) =>
    record.type === "fault-healed" ? { ...record, begin: 4 * s } : record,
  );
  expect(doubts(early)).toEqual([expect.stringMatching(/was healed before it was in force/)]);
});

test("a fault names the groups that its nodes are of", () => {
  const misnamed = fault("kill").map((record) =>
    record.type === "fault-injected" ? { ...record, groups: [] } : record,
  );
  expect(doubts(misnamed)).toEqual([
    expect.stringMatching(/says that it hit .*, and its nodes are of broker-a/),
  ]);
});

test("a proxy's fault is every group's, where the application has nothing but the proxy", () => {
  const hitProxy = fault("kill", ["proxy-0"]);
  expect(doubts(hitProxy)).toEqual([
    expect.stringMatching(/says that it hit broker-a, and its nodes are of/),
  ]);
  expect(doubts(hitProxy, { ...header, workload: { producer: "node-proxy" } })).toEqual([]);
});

/** Some kinds are seen by the same evidence. */
function shows(other: ProvenKind, kind: ProvenKind): boolean {
  const alike: readonly (readonly ProvenKind[])[] = [
    ["loss", "throttle", "delay", "cut"],
    // A node that is killed has stopped, and so has what is started again.
    ["stop", "kill", "disk-destroyed", "restart"],
    ["kill", "disk-destroyed"],
  ];
  if (other === kind) return true;
  return (
    alike.some(([first, ...others]) => first === kind && others.includes(other)) ||
    (["loss", "throttle", "delay"].includes(kind) && ["loss", "throttle", "delay", "cut"].includes(other))
  );
}
