import { formatCount } from "@hotfire/base";
import { gapFigures } from "./gap-figures.ts";
import type { DrillResult } from "./result-schema.ts";

export const markdownHeader =
  "| mode | drill | write gap | read gap | lost | duplicates | in doubt | verdict |\n|---|---|---|---|---|---|---|---|";

/** One row of a table of runs. Gaps are those of the faulted groups, worst first. */
export function renderMarkdownRow(result: DrillResult): string {
  const { accounting, run } = result;
  const cells = [
    run.cluster.mode,
    run.drill,
    gapFigures(result, "send").gap,
    gapFigures(result, "consume").gap,
    lostOf(result),
    formatCount(accounting.duplicates.count),
    formatCount(accounting.inDoubt),
    result.verdict,
  ];
  return markdownRow(cells);
}

/** Acknowledged messages that are gone; not known where none is and some could not be read back. */
export function lostOf({ accounting }: DrillResult): string {
  const { lost, unverified, acknowledged } = accounting;
  return unverified > 0 && lost.count === 0
    ? "not known"
    : `${formatCount(lost.count)} of ${formatCount(acknowledged)}`;
}

/** One line of a table, whatever its texts contain. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map(markdownCell).join(" | ")} |`;
}

/** Text that cannot break out of a Markdown table. */
export function markdownCell(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("|", "\\|")
    .replace(/[<>&\r\n]/g, " ");
}
