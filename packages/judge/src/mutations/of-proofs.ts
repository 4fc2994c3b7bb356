import type { Evidence } from "../history/evidence.ts";
import type { FaultHealedRecord, FaultInjectedRecord, Proof } from "../history/fault-records.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import { type Change, chain, counted, drop, edit } from "./edit.ts";
import { type Mutation, s } from "./mutation.ts";

type Step = "fault-injected" | "fault-healed";
type Told = FaultInjectedRecord | FaultHealedRecord;

/** What is done to the proof of one fault: none of it may count as one any more. */
export function ofProofs(run: SampleRun, id: string): Mutation[] {
  const injected = run.records.find((record) => record.type === "fault-injected" && record.fault === id);
  if (injected?.type !== "fault-injected") return [];
  const { kind, nodes, begin } = injected;
  // An official client tells addresses, and no nodes that the judge could hold against a fault.
  const isOurs = run.records.every((record) => record.type !== "consume" || record.client === "hotfire");
  const another = run.records.flatMap((record) => (record.type === "header" ? record.cluster.groups : []));
  const other =
    another.flatMap(({ brokers }) => brokers).find((node) => !nodes.includes(node)) ?? "namesrv-1";
  const unknown = (name: string, change: Change): Mutation => ({
    name: `${id}: ${name}`,
    change,
    verdict: "unknown",
    check: "faults-proven",
  });
  const proof = (step: Step, change: (proof: Proof, record: Told) => Proof): Change =>
    edit(step, (record) =>
      record.fault === id ? { ...record, proof: change(record.proof, record) } : record,
    );
  const evidence = (step: Step, change: (one: Evidence) => readonly Evidence[]): Change =>
    proof(step, (one) => ({ ...one, evidence: (one.evidence ?? []).flatMap(change) }));
  const steps = [
    ["fault-injected", "injection"],
    ["fault-healed", "healing"],
  ] as const;
  return [
    ...steps.flatMap(([step, name]): Mutation[] => [
      unknown(
        `its ${name} has words and no evidence`,
        proof(step, ({ how, seen }) => ({ how, seen, evidence: [] })),
      ),
      unknown(
        `its ${name} has words only, as older histories`,
        proof(step, ({ how, seen }) => ({ how, seen })),
      ),
      unknown(
        `the evidence of its ${name} is of another node`,
        evidence(step, (one) => [{ ...one, node: other }]),
      ),
      unknown(
        `the evidence of its ${name} is of half a minute before`,
        evidence(step, (one) => [{ ...one, at: Math.max(0, one.at - 30 * s) }]),
      ),
      unknown(
        `the evidence of its ${name} is of a second after`,
        evidence(step, (one) => [{ ...one, at: one.at + s }]),
      ),
      unknown(
        `the evidence of its ${name} is of another kind`,
        evidence(step, ({ node, at }) => [{ kind: "connections", node, at, tried: 1, answered: 1 }]),
      ),
      unknown(
        `the evidence of its ${name} says the contrary`,
        evidence(step, (one) => [contrary(one)]),
      ),
      // A planned switch is over when it is proven: both steps tell the same.
      ...(kind === "switchover"
        ? []
        : [unknown(`the evidence of its ${name} is that of the other step`, swapEvidence(id, step))]),
    ]),
    ...(kind === "kill" || kind === "restart" ? ofProcesses(unknown, evidence, begin) : []),
    unknown(
      "its evidence is of one of two nodes that it hit",
      edit("fault-injected", (record) =>
        record.fault === id ? { ...record, nodes: [...record.nodes, "namesrv-1"] } : record,
      ),
    ),
    unknown(
      "it names a group that its nodes are not of",
      edit("fault-injected", (record) =>
        record.fault === id ? { ...record, groups: record.groups.length === 0 ? ["broker-a"] : [] } : record,
      ),
    ),
    unknown(
      "it was injected twice",
      edit("fault-injected", (record) => (record.fault === id ? [record, record] : record)),
    ),
    unknown(
      "it was healed twice",
      edit("fault-healed", (record) => (record.fault === id ? [record, record] : record)),
    ),
    unknown(
      "it was planned as another one",
      edit("fault-planned", (record) => (record.fault === id ? { ...record, kind: "delay" } : record)),
    ),
    unknown(
      "it was not planned",
      drop("fault-planned", (record) => record.fault === id),
    ),
    unknown(
      "it is of an unknown kind",
      chain(
        edit("fault-planned", (record) => (record.fault === id ? { ...record, kind: "curse" } : record)),
        edit("fault-injected", (record) => (record.fault === id ? { ...record, kind: "curse" } : record)),
      ),
    ),
    ...(!["kill", "stop", "pause", "disk-destroyed"].includes(kind) ||
    !isOurs ||
    nodes.every((node) => node.startsWith("namesrv"))
      ? []
      : [
          {
            ...unknown("the node that it hit answered meanwhile", answers(id, nodes[0] ?? "")),
            check: "dead-are-silent",
          },
        ]),
  ];
}

function ofProcesses(
  unknown: (name: string, change: Change) => Mutation,
  evidence: (step: Step, change: (one: Evidence) => readonly Evidence[]) => Change,
  begin: number,
): Mutation[] {
  const moved = (by: number) => (one: Evidence) =>
    "engineTime" in one && one.engineTime !== undefined
      ? [{ ...one, engineTime: new Date(Date.parse(one.engineTime) + by).toISOString() }]
      : [one];
  return [
    unknown("the process ended long before", evidence("fault-injected", moved(-5000))),
    unknown("the process ended long after", evidence("fault-injected", moved(30_000))),
    unknown(
      "the process runs since before the fault",
      evidence("fault-healed", moved(-begin / 1000 - 60_000)),
    ),
    unknown("the process was started long after its healing", evidence("fault-healed", moved(60_000))),
    unknown(
      "the process ended by itself",
      evidence("fault-injected", (one) => [one.kind === "exit-code" ? { ...one, code: 0 } : one]),
    ),
    unknown(
      "it was not seen what the process ended with",
      evidence("fault-injected", (one) => (one.kind === "exit-code" ? [] : [one])),
    ),
    unknown(
      "the engine told no moment",
      evidence("fault-injected", (one) =>
        one.kind === "container-state" || one.kind === "exit-code"
          ? [{ ...one, engineTime: undefined }]
          : [one],
      ),
    ),
  ];
}

/** What would be seen if the step had not worked. */
function contrary(one: Evidence): Evidence {
  switch (one.kind) {
    case "container-state":
      return { ...one, before: one.after, after: one.before };
    case "exit-code":
      return { ...one, code: 0 };
    case "request":
      return { ...one, reply: one.reply === "answered" ? "silent" : "answered" };
    case "connections":
      return { ...one, answered: one.answered === 0 ? one.tried : 0 };
    case "packets":
      return { ...one, to: 0, from: 0 };
    case "filter":
      return { ...one, left: 1 };
    case "role":
      return { ...one, holder: "broker-x-9" };
    case "cpu-limit":
      return { ...one, before: one.after, after: one.before };
    case "clock-offset":
      return { ...one, ms: one.ms > 1500 ? 0 : 9000 };
    case "disk-use":
      return { ...one, percent: one.percent > 90 ? 12 : 97 };
    case "files-left":
      return { ...one, files: 3 };
  }
}

function swapEvidence(id: string, step: Step): Change {
  const other: Step = step === "fault-injected" ? "fault-healed" : "fault-injected";
  return (records) => {
    const found = records.find((record) => record.type === other && record.fault === id);
    if (found?.type !== "fault-injected" && found?.type !== "fault-healed") return [...records];
    const evidence = found.proof.evidence ?? [];
    return edit(step, (record) =>
      record.fault === id
        ? {
            ...record,
            proof: { ...record.proof, evidence: evidence.map((one) => ({ ...one, at: record.end })) },
          }
        : record,
    )(records);
  };
}

/** A read is answered by the node while it is dead or frozen. */
function answers(id: string, node: string): Change {
  return (records) => {
    const fault = records.find((record) => record.type === "fault-injected" && record.fault === id);
    if (fault?.type !== "fault-injected") return [...records];
    let isDone = false;
    return counted(
      records.map((record) => {
        if (isDone || record.type !== "consume" || record.sent < fault.end + s / 2) return record;
        if (record.group !== fault.groups[0]) return record;
        isDone = true;
        return { ...record, outcome: "acknowledged", broker: node, error: undefined };
      }),
    );
  };
}
