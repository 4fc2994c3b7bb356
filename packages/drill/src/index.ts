export { catalogue, findDrill } from "./catalogue/catalogue.ts";
export { chaosDrill } from "./catalogue/chaos-drill.ts";
export type {
  DrillDefinition,
  Step,
} from "./catalogue/drill-definition.ts";
export type { WriterChange } from "./catalogue/drills/failover-series.ts";
export {
  failoverRounds,
  failoverSeries,
  plannedChanges,
  writerFaults,
} from "./catalogue/drills/failover-series.ts";
export { specFor } from "./catalogue/spec-for.ts";
export type { ClientSettings } from "./clients/official-client.ts";
export { drillErrors } from "./errors/drill-error.ts";
export { HistoryWriter } from "./history-file/history-writer.ts";
export { readHistory } from "./history-file/read-history.ts";
export type { WorkloadKind } from "./kinds/kind-loads.ts";
export { workloadKinds } from "./kinds/kind-loads.ts";
export { matrixCells } from "./matrix/cells.ts";
export { renderTable } from "./matrix/render-table.ts";
export type { CellState, MatrixEvent, MatrixOutcome } from "./matrix/run-matrix.ts";
export { runMatrix } from "./matrix/run-matrix.ts";
export { storedCells } from "./matrix/stored-cells.ts";
export type { DrillEvent, DrillListener, GroupRate, PhaseName } from "./run/drill-event.ts";
export { phases } from "./run/drill-event.ts";
export { checkRun } from "./run/judge-run.ts";
export { runDrill } from "./run/run-drill.ts";
export { runFiles } from "./run/run-files.ts";
export type { DrillOutcome, DrillPlace, WorkloadChoice } from "./run/run-options.ts";
