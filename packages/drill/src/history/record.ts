import { z } from "zod";
import {
  faultErrorRecord,
  faultHealedRecord,
  faultInjectedRecord,
  faultPlannedRecord,
} from "./fault-records.ts";
import { logRecord, milestoneRecord, roleRecord, routeRecord, syncSetRecord } from "./observation-records.ts";
import { consumeRecord, sendRecord } from "./operations.ts";
import { readBackDoneRecord, readBackRecord } from "./read-back-records.ts";
import { burstRecord, endRecord, headerRecord, phaseRecord } from "./run-records.ts";

/** One line of `history.ndjson`. */
export const historyRecord = z.discriminatedUnion("type", [
  headerRecord,
  sendRecord,
  consumeRecord,
  faultPlannedRecord,
  faultInjectedRecord,
  faultHealedRecord,
  faultErrorRecord,
  roleRecord,
  routeRecord,
  syncSetRecord,
  milestoneRecord,
  logRecord,
  phaseRecord,
  burstRecord,
  readBackRecord,
  readBackDoneRecord,
  endRecord,
]);
export type StoredRecord = z.infer<typeof historyRecord>;

/** What a reader adds when a history stops in the middle of a line: its writer was killed. */
export interface TornRecord {
  readonly type: "torn";
  /** Bytes of the unfinished line. */
  readonly bytes: number;
}

export type HistoryRecord = StoredRecord | TornRecord;

/** A history as a reader hands it over: in batches, since ten million awaited items would be the slowest part. */
export type HistoryBatches = AsyncIterable<readonly HistoryRecord[]> | Iterable<readonly HistoryRecord[]>;
