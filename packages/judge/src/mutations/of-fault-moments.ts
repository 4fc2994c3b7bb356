import type { Evidence } from "../history/evidence.ts";
import type { FaultHealedRecord, FaultInjectedRecord } from "../history/fault-records.ts";
import type { StoredRecord } from "../history/record.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import { type Change, chain, edit } from "./edit.ts";
import { type Mutation, s, unknown } from "./mutation.ts";

/** Moments of a fault that are not those of the run around it. */
export function ofFaultMoments(run: SampleRun): Mutation[] {
  return run.faults.flatMap(({ id }): Mutation[] => {
    const told = run.records.filter(
      (record): record is FaultInjectedRecord | FaultHealedRecord =>
        (record.type === "fault-injected" || record.type === "fault-healed") && record.fault === id,
    );
    const healed = told.find(({ type }) => type === "fault-healed");
    const shift = (by: number): Change =>
      chain(
        edit("fault-planned", (record) => (record.fault === id ? { ...record, at: record.at + by } : record)),
        moved("fault-injected", id, by),
        moved("fault-healed", id, by),
      );
    return [
      unknown("one-clock", `${id}: all its moments are three seconds late`, shift(3 * s)),
      unknown("one-clock", `${id}: all its moments are three seconds early`, shift(-3 * s)),
      unknown(
        "one-clock",
        `${id}: its injection and the evidence of it are three seconds early`,
        moved("fault-injected", id, -3 * s),
      ),
      unknown(
        "one-clock",
        `${id}: its healing and the evidence of it are three seconds early`,
        moved("fault-healed", id, -3 * s),
      ),
      unknown(
        "faults-proven",
        `${id}: it was ordered three seconds before it was planned`,
        edit("fault-injected", (record) =>
          record.fault === id ? { ...record, begin: record.begin - 3 * s } : record,
        ),
      ),
      unknown(
        "faults-proven",
        `${id}: its healing was ordered half a second before its phase`,
        edit("fault-healed", (record) =>
          record.fault === id ? { ...record, begin: record.begin - s / 2 } : record,
        ),
      ),
      ...(healed !== undefined && healed.end - healed.begin > 1.5 * s && isFirstOfItsPhase(run, id)
        ? [
            unknown(
              "faults-proven",
              `${id}: its healing was ordered when it was over`,
              edit("fault-healed", (record) =>
                record.fault === id ? { ...record, begin: record.end - 1000 } : record,
              ),
            ),
          ]
        : []),
    ];
  });
}

/** Record and evidence, so that they agree with each other. */
function moved(type: "fault-injected" | "fault-healed", id: string, by: number): Change {
  const late = <T extends FaultInjectedRecord | FaultHealedRecord>(record: T): T => ({
    ...record,
    begin: record.begin + by,
    end: record.end + by,
    proof: { ...record.proof, evidence: (record.proof.evidence ?? []).map((one) => movedEvidence(one, by)) },
  });
  return edit(type, (record) => (record.fault === id ? late(record) : record));
}

function movedEvidence(one: Evidence, by: number): Evidence {
  const at = one.at + by;
  return "engineTime" in one && one.engineTime !== undefined
    ? { ...one, at, engineTime: new Date(Date.parse(one.engineTime) + by / 1000).toISOString() }
    : { ...one, at };
}

function isFirstOfItsPhase(run: SampleRun, id: string): boolean {
  const steps = run.records.filter(({ type }: StoredRecord) => type === "phase" || type.startsWith("fault-"));
  const at = steps.findIndex((record) => record.type === "fault-healed" && record.fault === id);
  return steps[at - 1]?.type === "phase";
}
