import { formatCount, list } from "@hotfire/base";
import type { ActivityFindings } from "../checkers/activity.ts";
import type { ReadBackFindings } from "../checkers/coverage.ts";
import { answersOfTheDead, doubtsOf } from "../checkers/fault-evidence.ts";
import type { Fault } from "../checkers/faults.ts";
import type { LoadFindings } from "../checkers/load.ts";
import type { RoleFindings } from "../checkers/roles.ts";
import type { EvidenceName, Expectation } from "../history/expectation.ts";
import type { Micros } from "../history/micros.ts";
import type { RouteRecord } from "../history/observation-records.ts";
import type { AuthorityRecord } from "../history/read-back-records.ts";
import type { DrainedRecord, EndRecord, HeaderRecord, WholeRecord } from "../history/run-records.ts";
import { boundless } from "./claim-bounds.ts";
import { routedTo } from "./routed-to.ts";

/** What a history says of itself and of its run. */
export interface EvidenceInput {
  readonly header: HeaderRecord;
  readonly headers: number;
  readonly end: EndRecord | undefined;
  readonly records: number;
  /** Records behind the end record. */
  readonly behindEnd: number;
  readonly tornBytes: number | undefined;
  /** SHA-256 of what was read; undefined where it was not read from a file. */
  readonly sha256: string | undefined;
  readonly expectation: Expectation | undefined;
  readonly clock: readonly string[];
  readonly consistency: readonly string[];
  /** Why it was not seen that the load ran smoothly. */
  readonly calm: readonly string[];
  /** What changed without being seen before. */
  readonly changes: readonly string[];
  /** Why the moments of the faults' steps are not those of the records around them. */
  readonly moments: readonly string[];
  /** Messages that were sent. */
  readonly sent: number;
  /** When the last of the load was known. */
  readonly length: Micros;
  readonly load: LoadFindings;
  readonly activity: ActivityFindings;
  readonly faults: readonly Fault[];
  readonly wholes: readonly WholeRecord[];
  /** `whole` as older histories tell it: a phase, whatever was missing. */
  readonly hasBaseline: boolean;
  readonly readBack: ReadBackFindings;
  readonly authorities: readonly AuthorityRecord[];
  /** Last route of each group by each name server. */
  readonly routes: readonly RouteRecord[];
  readonly drained: DrainedRecord | undefined;
  readonly hasConsumers: boolean;
  readonly roles: RoleFindings;
}

/** Records are missing: the end counts others than there are. */
export function hasHole({ end, records }: Pick<EvidenceInput, "end" | "records">): boolean {
  return end !== undefined && end.records !== records;
}

export function gatherEvidence(input: EvidenceInput): Readonly<Record<EvidenceName, readonly string[]>> {
  const { header, clock, load, readBack, roles } = input;
  return {
    "history-whole": whole(input),
    "history-unchanged": unchanged(input),
    "history-format":
      header.version > 1
        ? []
        : [
            "a history of format 1 does not tell what was claimed, whether the cluster was whole again, whether consumers had everything and which replica clients were routed to, and has no checksum",
          ],
    claimed: claimed(input),
    "one-clock": clock,
    consistent: input.consistency,
    numbered: load.counted,
    scheduled: load.schedule,
    everywhere: load.everywhere,
    "tester-steady": load.tester,
    "worked-before": workedBefore(input),
    "faults-proven": [...faultsProven(input), ...input.moments],
    "dead-are-silent": answersOfTheDead(input.faults),
    "whole-again": wholeAgain(input),
    "read-back": readBack.problems,
    routed: routedTo(input),
    drained: drained(input),
    observed: [...roles.unknown, ...(header.version > 1 ? input.changes : [])],
  };
}

function whole(input: EvidenceInput): string[] {
  const { end, tornBytes, records, behindEnd, headers } = input;
  const problems: string[] = [];
  if (end !== undefined && hasHole(input))
    problems.push(
      `the history has ${formatCount(records)} records where its end says ${formatCount(end.records)}`,
    );
  if (tornBytes !== undefined)
    problems.push("the history stops in the middle of a line, its writer was killed");
  else if (end === undefined) problems.push("the history has no end record");
  if (behindEnd > 0) problems.push(`${formatCount(behindEnd)} records stand behind the end`);
  if (headers > 1) problems.push(`the history has ${headers} headers`);
  if (end?.reason === "aborted")
    problems.push(`the run was aborted${end.message === undefined ? "" : ` (${end.message})`}`);
  return problems;
}

function unchanged({ header, end, sha256 }: EvidenceInput): string[] {
  // What was not read from a file has no bytes to be summed, and an older format no sum.
  if (header.version === 1 || sha256 === undefined || end === undefined) return [];
  if (end.sha256 === undefined) return ["the history has no checksum"];
  return end.sha256 === sha256
    ? []
    : ["the history was changed after it was written: its checksum is another one"];
}

function claimed({ header, expectation, sent, length }: EvidenceInput): string[] {
  if (expectation === undefined) return ["nothing was claimed of this drill on this mode"];
  // What a person or a test asks for instead is no claim of the run.
  return expectation === header.expectation ? boundless(expectation, { sent, length }) : [];
}

function workedBefore({ activity, faults, hasBaseline, header, calm }: EvidenceInput): string[] {
  if (activity.total === 0) return ["nothing was acknowledged"];
  if (faults.every(({ injected }) => injected === undefined)) return [];
  if (activity.before === 0) return ["nothing was acknowledged before the first fault"];
  if (activity.silentGroups.length > 0)
    return [`${list(activity.silentGroups)} acknowledged nothing before the first fault`];
  return header.version > 1 && !hasBaseline
    ? ["the load was not seen to run smoothly before the first fault"]
    : header.version > 1
      ? [...calm]
      : [];
}

function faultsProven({ faults, header, expectation }: EvidenceInput): string[] {
  const wanted = expectation?.faults ?? "all";
  const injected = faults.filter((fault) => fault.injected !== undefined);
  // In chaos a target may be nobody at that moment: told, and not held, as long as something was broken.
  const held = wanted === "some" ? injected : faults;
  const doubts = held.flatMap((fault) => doubtsOf(fault, { faults, header }));
  if (wanted !== "none" && injected.length === 0 && doubts.length === 0 && expectation !== undefined)
    return ["no fault was injected"];
  return doubts;
}

function wholeAgain({ header, wholes, faults, routes }: EvidenceInput): string[] {
  if (header.version === 1) return [];
  const last = wholes.at(-1);
  const healed = Math.max(0, ...faults.map((fault) => fault.healed?.end ?? 0));
  const away = absent(header, routes);
  if (last === undefined || last.at < healed)
    return ["it was not checked whether the cluster was whole after the last healing"];
  if (last.missing.length > 0) return [`the cluster was never whole again: ${last.missing.join("; ")}`];
  return away.length === 0 ? [] : [`${list(away)} is missing in the last route of its group`];
}

/** Brokers that a name server routed no client to when it was last asked. */
function absent({ cluster }: HeaderRecord, routes: readonly RouteRecord[]): string[] {
  return cluster.groups.flatMap(({ name, brokers }) => {
    const mine = routes.filter(({ group }) => group === name);
    return brokers.filter((broker) => mine.some(({ members }) => !members.includes(broker)));
  });
}

function drained({ header, drained: last, hasConsumers }: EvidenceInput): string[] {
  if (!hasConsumers || header.version === 1) return [];
  if (last === undefined) return ["it was not seen whether the consumers had time to get everything"];
  return last.complete ? [] : ["the consumers did not get everything in time"];
}
