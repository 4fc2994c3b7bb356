import type { Style } from "../style.ts";
import { type Bin, resample } from "./load.ts";
import { labelWidth, spansOf } from "./run-panel.ts";
import { loadEnd, type RunState } from "./run-state.ts";
import { faultLane, readSparkline, writeSparkline } from "./sparkline.ts";

const mostBins = 120;
const smallest = 12;
const second = 1_000_000;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];
/** Columns from one time on the axis to the next, at least. */
const tickColumns = 12;

/** What is left on the screen of a run that is over: the whole of it, a line a group and verb, over a time axis. */
export function renderWholeRun(state: RunState, width: number, style: Style): string {
  if (state.ratesAt === 0) return "";
  const label = labelWidth(state);
  const columns = Math.max(smallest, Math.min(mostBins, width - label - 6));
  const lines: string[] = [];
  const row = (name: string, kind: string, line: string) =>
    lines.push(`${style.bold(name.padEnd(label))}${style.dim(kind.padEnd(5))} ${line}`);
  const end = loadEnd(state);
  let first: readonly Bin[] = [];
  for (const [group, load] of state.loads) {
    const bins = resample(load.whole, columns);
    if (first.length === 0) first = bins;
    row(group, "write", writeSparkline(bins, style, end));
    row("", "read", readSparkline(bins, style, end));
  }
  const lane = faultLane(first, spansOf(state.faults), style);
  if (lane !== "") row("", "fault", lane);
  row("", "", style.dim(timeAxis(first)));
  return lines.join("\n");
}

/** `0 s         10 s        20 s`, on the columns of the bins. */
export function timeAxis(bins: readonly Bin[]): string {
  const from = bins[0]?.from ?? 0;
  const length = ((bins.at(-1)?.to ?? from) - from) / second;
  const perColumn = length / Math.max(1, bins.length);
  const step = steps.find((candidate) => candidate / perColumn >= tickColumns) ?? length;
  let axis = "";
  for (let at = 0; at < length; at += step) {
    const text = at < 120 ? `${at} s` : `${at / 60} min`;
    axis = `${axis.padEnd(Math.round(at / perColumn))}${text}`;
  }
  return axis.slice(0, bins.length);
}
