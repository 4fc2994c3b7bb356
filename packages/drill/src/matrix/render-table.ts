import { formatCount } from "../format/text.ts";
import { gapOf, markdownCell, markdownRow, rtoOf } from "../result/markdown.ts";
import type { DrillResult } from "../result/result-schema.ts";
import { columnOf, type MatrixCell } from "./cells.ts";
import { renderPhases } from "./render-phases.ts";
import type { NotRun } from "./run-matrix.ts";
import { resultOf } from "./stored-cells.ts";

export interface TableInput {
  readonly results: readonly DrillResult[];
  readonly notRun: readonly NotRun[];
  readonly cells: readonly MatrixCell[];
}

/** The failover table as Markdown: one overview of write gaps, then a table for each mode with everything. */
export function renderTable(input: TableInput): string {
  const columns = [...new Set(input.cells.map(columnOf))];
  const [any] = input.results;
  const counts = (["pass", "fail", "unknown"] as const).map(
    (verdict) => `${input.results.filter((result) => result.verdict === verdict).length} ${verdict}`,
  );
  return [
    "# Failover table",
    "",
    "Every mode of RocketMQ and every fault that applies to it: what clients saw, measured by `hotfire drill matrix`.",
    "A gap is the longest interruption of the hit broker group: from the last success, or the order of the fault when that",
    "is later, to the first success that was sent after it; RTO is from the order to the end of it. **until healed** means that",
    "nothing but the end of the fault brought it back. Lost counts acknowledged messages that could not be read back after",
    "healing. The verdict holds each run against what is claimed of the mode.",
    "",
    ...(any === undefined ? [] : [...provenance(any), ""]),
    `${input.results.length} drills: ${counts.join(", ")}; ${input.notRun.length} not run.`,
    "",
    "## Write gap by mode and fault",
    "",
    ...overview(input, columns),
    "",
    ...renderPhases(input.results),
    ...columns.flatMap((column) => [...detail(input, column), ""]),
    ...notRunSection(input.notRun),
  ].join("\n");
}

function provenance({ run }: DrillResult): string[] {
  const versions = Object.entries(run.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${run.clock.origin.slice(0, 10)}, ${versions.join(", ")}; ${run.machine}; ${run.workload.rate} sends/s unless a drill says otherwise.`,
  ];
}

function overview({ cells, results, notRun }: TableInput, columns: readonly string[]): string[] {
  const faults = [...new Set(cells.map(({ drill }) => drill.matrix || drill.name))];
  const rows = faults.map((fault) => {
    const row = columns.map((column) => {
      const cell = cells.find(
        (one) => columnOf(one) === column && (one.drill.matrix || one.drill.name) === fault,
      );
      if (cell === undefined) return "";
      const result = resultOf(cell, results);
      if (result === undefined) return notRun.length > 0 ? "not run" : "";
      const { lost } = result.accounting;
      return `${gapOf(result, "send")}${lost.count > 0 ? `, ${formatCount(lost.count)} lost` : ""}${mark(result)}`;
    });
    return markdownRow([fault, ...row]);
  });
  return [markdownRow(["fault", ...columns]), markdownRow(["fault", ...columns].map(() => "---")), ...rows];
}

function detail({ cells, results }: TableInput, column: string): string[] {
  const header = [
    "fault",
    "write gap",
    "RTO",
    "read gap",
    "RTO",
    "lost",
    "duplicates",
    "in doubt",
    "claim",
    "verdict",
  ];
  const rows = cells
    .filter((cell) => columnOf(cell) === column)
    .flatMap((cell) => {
      const result = resultOf(cell, results);
      if (result === undefined) return [];
      const { accounting, claim } = result;
      return [
        markdownRow([
          cell.drill.matrix || cell.drill.name,
          gapOf(result, "send"),
          rtoOf(result, "send"),
          gapOf(result, "consume"),
          rtoOf(result, "consume"),
          `${formatCount(accounting.lost.count)} of ${formatCount(accounting.acknowledged)}`,
          formatCount(accounting.duplicates.count),
          formatCount(accounting.inDoubt),
          claim === undefined ? "" : `${claim.text} (${claim.source})`,
          result.verdict,
        ]),
      ];
    });
  return [`## ${column}`, "", markdownRow(header), markdownRow(header.map(() => "---")), ...rows];
}

function notRunSection(notRun: readonly NotRun[]): string[] {
  if (notRun.length === 0) return [];
  return [
    "## Not run",
    "",
    ...notRun.map(({ drill, mode, reason }) => `- ${drill} on ${mode}: ${markdownCell(reason)}`),
    "",
  ];
}

function mark(result: DrillResult): string {
  return result.verdict === "pass" ? "" : ` (${result.verdict})`;
}
