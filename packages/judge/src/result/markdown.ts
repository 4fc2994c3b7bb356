import { formatCount } from "@hotfire/base";
import type { DrillResult } from "./result-schema.ts";

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
