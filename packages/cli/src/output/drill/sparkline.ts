import type { Style } from "../style.ts";
import { type Bin, rateOf } from "./load.ts";

const levels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

export interface Span {
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to: number | undefined;
}

/**
 * Sends acknowledged, a column a bin: yellow or red where others of them did not go well, `?` where all were in doubt,
 * `×` where all failed, `·` where nothing came back at all. Once the load has ended, silence is nothing to show.
 */
export function writeSparkline(
  bins: readonly Bin[],
  style: Style,
  loadEnd: number = Number.POSITIVE_INFINITY,
): string {
  const top = scaleOf(bins, "acknowledged");
  return join(
    bins.map((bin) => {
      const paint = bin.failed > 0 ? style.bad : bin.inDoubt > 0 ? style.warn : style.good;
      if (bin.acknowledged > 0) return [levelOf(rateOf(bin, "acknowledged"), top), paint];
      if (bin.failed > 0) return ["×", style.bad];
      return bin.inDoubt > 0 ? ["?", style.warn] : [silence(bin, loadEnd), style.dim];
    }),
  );
}

/** Messages delivered, a column a bin; `·` where none was. */
export function readSparkline(
  bins: readonly Bin[],
  style: Style,
  loadEnd: number = Number.POSITIVE_INFINITY,
): string {
  const top = scaleOf(bins, "consumed");
  return join(
    bins.map((bin) =>
      bin.consumed > 0
        ? [levelOf(rateOf(bin, "consumed"), top), style.accent]
        : [silence(bin, loadEnd), style.dim],
    ),
  );
}

/** When faults were in force, on the same columns; empty when none was. */
export function faultLane(bins: readonly Bin[], faults: readonly Span[], style: Style): string {
  let isAny = false;
  const cells = bins.map((bin): Cell => {
    const begins = faults.some(({ from }) => from >= bin.from && from < bin.to);
    const lasts = faults.some(({ from, to }) => from < bin.to && (to === undefined || to > bin.from));
    isAny ||= begins || lasts;
    return begins ? ["↯", style.alarm] : lasts ? ["━", style.bad] : [" ", style.bad];
  });
  return isAny ? join(cells) : "";
}

function silence(bin: Bin, loadEnd: number): string {
  return bin.to > loadEnd ? " " : "·";
}

function levelOf(rate: number, top: number): string {
  const share = top === 0 ? 0 : Math.min(1, rate / top);
  return levels[Math.max(0, Math.ceil(share * levels.length) - 1)] ?? "▁";
}

/**
 * The steady rate is drawn at about two thirds of the height: a burst after an outage shows above it, and does not press
 * everything else to the ground.
 */
function scaleOf(bins: readonly Bin[], key: "acknowledged" | "consumed"): number {
  const rates = bins.map((bin) => rateOf(bin, key)).filter((rate) => rate > 0);
  const middle = rates.sort((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0;
  return middle * 1.5;
}

type Cell = readonly [character: string, paint: (text: string) => string];

/** Neighbours of one colour share its escape codes. */
function join(cells: readonly Cell[]): string {
  let line = "";
  for (let at = 0; at < cells.length; ) {
    const paint = cells[at]?.[1];
    let run = "";
    for (; at < cells.length && cells[at]?.[1] === paint; at++) run += cells[at]?.[0] ?? "";
    line += paint === undefined ? run : paint(run);
  }
  return line;
}
