import { formatDuration, list } from "@hotfire/base";
import type { Asked } from "../history/fault-records.ts";
import type { HeaderRecord } from "../history/run-records.ts";
import type { Fault } from "./faults.ts";
import { proofOf, shownOf } from "./proofs.ts";

export interface DoubtContext {
  readonly faults: readonly Fault[];
  readonly header: Pick<HeaderRecord, "clock" | "cluster" | "version"> & {
    readonly workload: Pick<HeaderRecord["workload"], "producer">;
  };
}

/** They end a process, or start it again. */
const endsProcesses: ReadonlySet<string> = new Set(["kill", "stop", "restart", "disk-destroyed"]);

/**
 * Why a fault is not proven to have been in force and to be over; empty when it is. A proof is evidence of a kind that fits the
 * fault, of every node that it hit, and of its moment; words prove nothing.
 */
export function doubtsOf(fault: Fault, context: DoubtContext): string[] {
  const name = `the fault ${fault.kind} on ${fault.target}`;
  const { injected, healed } = fault;
  if (injected === undefined) {
    const [error] = fault.errors;
    return [`${name} was never injected${error === undefined ? "" : ` (${error})`}`];
  }
  const strange = [...contradictions(fault, name), ...misnamed(fault, name, context)];
  if (strange.length > 0) return strange;
  if (context.header.version < 3)
    return [`${name} has its proof in words only, as histories of format 2 and older tell it`];
  const proof = proofOf[fault.kind];
  if (proof === undefined) return [`it is not known what proves ${name}`];
  const origin = Date.parse(context.header.clock.origin);
  const evidence = injected.proof.evidence ?? [];
  const groupOf = (node: string) =>
    context.header.cluster.groups.find(({ brokers }) => brokers.includes(node))?.brokers ?? [];
  const before = new Map(fault.nodes.map((node) => [node, shownOf(evidence, node, injected, origin)]));
  const asked: Asked = fault.asked ?? {};
  const unseen = [...before].filter(([node, shown]) => !proof.inForce(shown, asked, groupOf(node)));
  if (unseen.length > 0) return [`${name} was never seen in force on ${list(unseen.map(([node]) => node))}`];
  if (healed === undefined) return [`${name} was never seen healed`];
  if (healed.begin < injected.end) return [`${name} was healed before it was in force`];
  // What is planned is over when it is proven: its healing tells the same again.
  const time = fault.kind === "switchover" ? injected : healed;
  const wasKilledMeanwhile = context.faults.some(
    (other) =>
      other !== fault &&
      endsProcesses.has(other.kind) &&
      other.nodes.some((node) => fault.nodes.includes(node)),
  );
  const left = [...before].filter(([node, shown]) => {
    const now = shownOf(healed.proof.evidence ?? [], node, time, origin, injected.begin);
    return !proof.over(now, { before: shown, wasKilledMeanwhile });
  });
  return left.length === 0 ? [] : [`${name} was never seen healed on ${list(left.map(([node]) => node))}`];
}

/** A process that is gone or frozen does not answer. */
const silences: ReadonlySet<string> = new Set(["kill", "stop", "pause", "disk-destroyed"]);

function contradictions(fault: Fault, name: string): string[] {
  const problems: string[] = [];
  if (fault.injections > 1) problems.push(`${name} was injected ${fault.injections} times`);
  if (fault.healings > 1) problems.push(`${name} was healed ${fault.healings} times`);
  if (fault.plannedKind === undefined) problems.push(`${name} was never planned`);
  else if (fault.plannedKind !== fault.kind) problems.push(`${name} was planned as ${fault.plannedKind}`);
  return problems;
}

/** What answered although it was dead or frozen: one of the two is not true. */
export function answersOfTheDead(faults: readonly Fault[]): string[] {
  return faults.flatMap(({ kind, target, injected, healed, answered }) =>
    silences.has(kind) &&
    injected !== undefined &&
    answered !== undefined &&
    answered.at < (healed?.begin ?? Number.POSITIVE_INFINITY)
      ? [
          `${answered.node} answered ${formatDuration(answered.at - injected.end)} after the fault ${kind} on ${target} was seen in force`,
        ]
      : [],
  );
}

/** As the topology names them. */
const proxyName = /^proxy-\d+$/;

/**
 * The groups that a fault names are those of the nodes that it hit: by them it is decided who was hit, and who was not. What hits a proxy hits every
 * group, where the application has nothing else.
 */
function misnamed(fault: Fault, name: string, { header }: DoubtContext): string[] {
  if (fault.nodes.length === 0) return [`${name} hit no node`];
  const isBehind =
    header.workload.producer === "node-proxy" && fault.nodes.some((node) => proxyName.test(node));
  const groups = header.cluster.groups
    .filter(({ brokers }) => isBehind || brokers.some((node) => fault.nodes.includes(node)))
    .map((one) => one.name);
  const isSame =
    groups.length === fault.groups.length && groups.every((group) => fault.groups.includes(group));
  return isSame
    ? []
    : [`${name} says that it hit ${list([...fault.groups])}, and its nodes are of ${list(groups)}`];
}
