import { formatCount, formatDuration } from "../format/text.ts";
import type { Verb } from "../history/operations.ts";
import type { DrillResult } from "./result-schema.ts";

export const markdownHeader =
  "| mode | drill | write gap | read gap | lost | duplicates | in doubt | verdict |\n|---|---|---|---|---|---|---|---|";

/** One row of the failover table. Gaps are those of the faulted groups, worst first. */
export function renderMarkdownRow(result: DrillResult): string {
  const { accounting, run } = result;
  const lost =
    accounting.unverified > 0 && accounting.lost.count === 0
      ? "not known"
      : `${formatCount(accounting.lost.count)} of ${formatCount(accounting.acknowledged)}`;
  const cells = [
    run.cluster.mode,
    run.drill,
    gapOf(result, "send"),
    gapOf(result, "consume"),
    lost,
    formatCount(accounting.duplicates.count),
    formatCount(accounting.inDoubt),
    result.verdict,
  ];
  return markdownRow(cells);
}

/** One line of a table, whatever its texts contain. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map(markdownCell).join(" | ")} |`;
}

type Recovery = DrillResult["recoveries"][number];

/** Time without service of the faulted groups, worst first, in words. */
export function gapOf(result: DrillResult, verb: Verb): string {
  return worstOf(result, verb, (one) => (one.rto === 0 ? 0 : (one.silence ?? one.rto ?? 0)));
}

/** From the order of a fault to the end of that, in words. */
export function rtoOf(result: DrillResult, verb: Verb): string {
  return worstOf(result, verb, (one) => one.rto ?? 0);
}

function worstOf(result: DrillResult, verb: Verb, length: (one: Recovery) => number): string {
  const targets = new Set(result.faults.flatMap((fault) => fault.groups));
  const found = result.recoveries.filter(
    (one) => one.verb === verb && (targets.size === 0 || targets.has(one.group)),
  );
  if (found.length === 0) return "not measured";
  const never = found.find((one) => one.rto === undefined);
  if (never !== undefined) return `never back (> ${formatDuration(never.atLeast ?? 0)})`;
  const worst = found.reduce((a, b) => (length(b) > length(a) ? b : a));
  if (length(worst) === 0) return "none";
  return `${formatDuration(length(worst))}${worst.neededHealing ? ", until healed" : ""}`;
}

/** Text that cannot break out of a Markdown table. */
export function markdownCell(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("|", "\\|")
    .replace(/[<>&\r\n]/g, " ");
}
