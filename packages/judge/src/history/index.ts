export { BodyCrc, pattern, patternStart } from "./body-crc.ts";
export type { Evidence } from "./evidence.ts";
export type { Expectation, Rule } from "./expectation.ts";
export { expectationSchema } from "./expectation.ts";
export type { Asked, FaultInjectedRecord, Proof } from "./fault-records.ts";
export type {
  ApplicationKind,
  FifoSendRecord,
  HalfSendRecord,
  KindLoad,
  KindRecord,
} from "./kind-records.ts";
export type { Micros } from "./micros.ts";
export { micros, microsSince } from "./micros.ts";
export type {
  LogRecord,
  ObservedRole,
  RoleRecord,
  RouteRecord,
  SwitchStep,
  SyncSetRecord,
} from "./observation-records.ts";
export { switchSteps } from "./observation-records.ts";
export type { ConsumeRecord, OperationRecord, Outcome, SendRecord } from "./operations.ts";
export { consumeRecord, sendRecord } from "./operations.ts";
export type { SendAnswer } from "./outcome.ts";
export { consumeOutcome, proxySendOutcome, sendOutcome, sendStatusOutcome } from "./outcome.ts";
export { parseLine } from "./parse-line.ts";
export type { AuthorityRecord, ReadBackDoneRecord, ReadBackRecord } from "./read-back-records.ts";
export type { HistoryRecord, StoredRecord } from "./record.ts";
export { historyJsonSchema } from "./record.ts";
export type { EndRecord, HeaderRecord, TesterStallRecord } from "./run-records.ts";
export { headerRecord, historyVersion, kindsVersion } from "./run-records.ts";
export { sequenceProperty } from "./sequence-property.ts";
