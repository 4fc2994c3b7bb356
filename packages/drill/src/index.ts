export { catalogue, findDrill } from "./catalogue/catalogue.ts";
export { chaosDrill } from "./catalogue/chaos-drill.ts";
export type {
  ClusterNeeds,
  DrillDefinition,
  Step,
  TargetToken,
  WorkloadNeeds,
} from "./catalogue/drill-definition.ts";
export type { WriterChange } from "./catalogue/drills/failover-series.ts";
export {
  failoverRounds,
  failoverSeries,
  plannedChanges,
  writerFaults,
} from "./catalogue/drills/failover-series.ts";
export { specFor } from "./catalogue/spec-for.ts";
export type { Accounting, MessageClass, TellingMessage } from "./checkers/accounting.ts";
export type { LaneFindings, Outage } from "./checkers/availability.ts";
export type { Fault } from "./checkers/faults.ts";
export type { Recovery } from "./checkers/recovery.ts";
export type { MeasuredStep } from "./checkers/switch-steps.ts";
export type { ClientSettings } from "./clients/official-client.ts";
export type { DrillErrorCode } from "./errors/drill-error.ts";
export { DrillError, drillErrors } from "./errors/drill-error.ts";
export { shrinkRun } from "./fixtures/shrink-run.ts";
export type {
  FaultErrorRecord,
  FaultHealedRecord,
  FaultInjectedRecord,
  FaultPlannedRecord,
  Proof,
} from "./history/fault-records.ts";
export type { Micros } from "./history/micros.ts";
export { microsSince } from "./history/micros.ts";
export type {
  LogRecord,
  MilestoneRecord,
  ObservedRole,
  RoleRecord,
  RouteRecord,
  SwitchStep,
  SyncSetRecord,
} from "./history/observation-records.ts";
export type {
  ClientKind,
  ConsumeRecord,
  OperationRecord,
  Outcome,
  SendRecord,
  Verb,
} from "./history/operations.ts";
export type { CodeRule, SendAnswer } from "./history/outcome.ts";
export {
  consumeOutcome,
  proxySendOutcome,
  refusedRemarks,
  sendCodeRules,
  sendOutcome,
  sendStatusOutcome,
} from "./history/outcome.ts";
export { parseLine } from "./history/parse-line.ts";
export type { ReadBackDoneRecord, ReadBackRecord } from "./history/read-back-records.ts";
export type { HistoryBatches, HistoryRecord, StoredRecord, TornRecord } from "./history/record.ts";
export { historyJsonSchema, historyRecord } from "./history/record.ts";
export type { EndRecord, HeaderRecord, PhaseRecord } from "./history/run-records.ts";
export { historyVersion, kindsVersion } from "./history/run-records.ts";
export type { FsyncPolicy, HistoryWriterOptions } from "./history-file/history-writer.ts";
export { HistoryWriter } from "./history-file/history-writer.ts";
export { readHistory } from "./history-file/read-history.ts";
export type { Judged, JudgeOptions } from "./judge/judge.ts";
export { Judge, judge } from "./judge/judge.ts";
export { judgeHistoryFile } from "./judge/judge-file.ts";
export type { WorkloadKind } from "./kinds/kind-loads.ts";
export { workloadKinds } from "./kinds/kind-loads.ts";
export type { MatrixCell } from "./matrix/cells.ts";
export { matrixCells } from "./matrix/cells.ts";
export { renderTable } from "./matrix/render-table.ts";
export type { CellState, MatrixEvent, MatrixOptions, MatrixOutcome, NotRun } from "./matrix/run-matrix.ts";
export { runMatrix } from "./matrix/run-matrix.ts";
export { storedCells } from "./matrix/stored-cells.ts";
export { renderReport } from "./report/render-report.ts";
export { renderJunit } from "./result/junit.ts";
export { markdownHeader, renderMarkdownRow } from "./result/markdown.ts";
export { parseResult } from "./result/parse-result.ts";
export type { DrillResult } from "./result/result-schema.ts";
export { drillResultSchema, resultJsonSchema } from "./result/result-schema.ts";
export type { DrillEvent, DrillListener, GroupRate, PhaseName } from "./run/drill-event.ts";
export { phases } from "./run/drill-event.ts";
export { checkRun } from "./run/judge-run.ts";
export { runDrill } from "./run/run-drill.ts";
export { runFiles } from "./run/run-files.ts";
export type { DrillOutcome, DrillPlace, RunDrillOptions, WorkloadChoice } from "./run/run-options.ts";
export type { Cloud, Point, RateLane, RoleLane, RoleSpan, Series } from "./series/series.ts";
export type { Check, CheckStatus } from "./verdict/held.ts";
export { allowanceText } from "./verdict/hold-count.ts";
export { parseLimits } from "./verdict/limits.ts";
export type { DledgerTimers, Prediction } from "./verdict/prediction.ts";
export { predictDledgerSwitch } from "./verdict/prediction.ts";
export type { CountName, Expectation, GroupScope, Rule } from "./verdict/rule.ts";
export { expectationSchema, standingRules } from "./verdict/rule.ts";
export type { Verdict } from "./verdict/verdict.ts";
