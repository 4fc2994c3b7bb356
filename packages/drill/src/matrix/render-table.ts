import { formatCount } from "@hotfire/base";
import type { DrillResult } from "@hotfire/judge/result";
import { gapFigures, healthyStall, lostOf, markdownCell, markdownRow } from "@hotfire/judge/result";
import { columnOf, type MatrixCell } from "./cells.ts";
import { renderPhases } from "./render-phases.ts";
import type { NotRun } from "./run-matrix.ts";
import { resultOf } from "./stored-cells.ts";

export interface TableInput {
  readonly results: readonly DrillResult[];
  readonly notRun: readonly NotRun[];
  readonly cells: readonly MatrixCell[];
}

const words: readonly string[] = [
  "Every mode of RocketMQ and every fault that applies to it: what clients saw, measured by `hotfire drill matrix`.",
  "A **gap** is the longest interruption of a broker group that a fault hit: from the last success, or the order of the fault when",
  "that is later, to the first success that was sent after it; a time in which most operations fail is one too. **until healed**",
  "means that nothing but the end of the fault brought it back. The columns beside it end with the same success: **from order** (RTO)",
  "begins with the order of the fault, **from proof** with the moment in which it was proven in force, **from failure** with the sending of",
  "the first operation that failed. **While healed** is the longest interruption that began only with a healing. **Others** is the longest",
  "stall of a group that no fault hit while one was in force or healed, and what it may be by what the same run shows without a fault.",
  "**Lost** counts acknowledged messages that were not there after healing, on the replica that clients are routed to; **not known** says that",
  "a queue could not be read. The **verdict** holds each run against what is claimed of the mode and the rules that always stand",
  "([drills.md](../explanation/drills.md#when-a-run-passes)): unknown means that the run does not show what it would have to.",
];

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
    ...words,
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
      const { lost, unverified } = result.accounting;
      const loss =
        lost.count > 0 ? `, ${formatCount(lost.count)} lost` : unverified > 0 ? ", loss not known" : "";
      return `${gapFigures(result, "send").gap}${loss}${mark(result)}`;
    });
    return markdownRow([fault, ...row]);
  });
  return [markdownRow(["fault", ...columns]), markdownRow(["fault", ...columns].map(() => "---")), ...rows];
}

function detail({ cells, results }: TableInput, column: string): string[] {
  const header = [
    "fault",
    "write gap",
    "from order",
    "from proof",
    "from failure",
    "while healed",
    "read gap",
    "from order",
    "others",
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
      const writes = gapFigures(result, "send");
      const reads = gapFigures(result, "consume");
      return [
        markdownRow([
          cell.drill.matrix || cell.drill.name,
          writes.gap,
          writes.order,
          writes.proof,
          writes.failure,
          writes.healing,
          reads.gap,
          reads.order,
          healthyStall(result),
          lostOf(result),
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
