import { z } from "zod";
import {
  faultErrorRecord,
  faultHealedRecord,
  faultInjectedRecord,
  faultPlannedRecord,
  writtenFaultHealed,
  writtenFaultInjected,
  writtenFaultPlanned,
} from "./fault-records.ts";
import { kindRecords } from "./kind-records.ts";
import { logRecord, milestoneRecord, roleRecord, routeRecord, syncSetRecord } from "./observation-records.ts";
import { consumeRecord, sendRecord } from "./operations.ts";
import { authorityRecord, readBackDoneRecord, readBackRecord } from "./read-back-records.ts";
import {
  burstRecord,
  drainedRecord,
  endRecord,
  headerRecord,
  noteRecord,
  phaseRecord,
  sendingPausedRecord,
  sendingResumedRecord,
  sendingStoppedRecord,
  testerStallRecord,
  wholeRecord,
  writtenHeader,
} from "./run-records.ts";

const others = [
  sendRecord,
  consumeRecord,
  faultErrorRecord,
  roleRecord,
  routeRecord,
  syncSetRecord,
  milestoneRecord,
  logRecord,
  phaseRecord,
  wholeRecord,
  sendingPausedRecord,
  sendingResumedRecord,
  sendingStoppedRecord,
  drainedRecord,
  testerStallRecord,
  noteRecord,
  burstRecord,
  authorityRecord,
  readBackRecord,
  readBackDoneRecord,
  endRecord,
  ...kindRecords,
] as const;

/** One line of `history.ndjson`, of any format that can be read. */
export const historyRecord = z.discriminatedUnion("type", [
  headerRecord,
  faultPlannedRecord,
  faultInjectedRecord,
  faultHealedRecord,
  ...others,
]);
export type StoredRecord = z.infer<typeof historyRecord>;

/** One line as it is written today. */
export const writtenRecord = z.discriminatedUnion("type", [
  writtenHeader,
  writtenFaultPlanned,
  writtenFaultInjected,
  writtenFaultHealed,
  ...others,
]);

/** The published schema of a line, `schema/drill-history.schema.json`. */
export function historyJsonSchema(): object {
  const schema = writtenRecord.meta({
    title: "Hotfire drill history, formats 3 and 4: one line",
    description:
      "`history.ndjson` is one JSON object a line: a header, records in the order in which their facts were known, an end record with the SHA-256 of everything before it. Moments and durations are whole microseconds. Format 4 is of runs whose load had kinds besides plain sends, and has their records.",
  });
  return z.toJSONSchema(schema, { target: "draft-2020-12", io: "input" });
}

/** What a reader adds when a history stops in the middle of a line: its writer was killed. */
export interface TornRecord {
  readonly type: "torn";
  /** Bytes of the unfinished line. */
  readonly bytes: number;
}

export type HistoryRecord = StoredRecord | TornRecord;

/** A history as a reader hands it over: in batches, since ten million awaited items would be the slowest part. */
export type HistoryBatches = AsyncIterable<readonly HistoryRecord[]> | Iterable<readonly HistoryRecord[]>;
