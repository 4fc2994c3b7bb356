import { formatCount, formatDuration } from "@hotfire/base";
import type { Outcome } from "../history/operations.ts";
import type { DrillResult } from "../result/result-schema.ts";
import type { Cloud } from "../series/series.ts";
import { type Html, html } from "./html.ts";
import { type Axis, at, lane, toMs } from "./lanes.ts";

const height = 132;
const order: readonly Outcome[] = ["acknowledged", "failed", "in-doubt"];

/** Latency of every send (or a sample that says so) over time, logarithmic, coloured by outcome. */
export function scatterLane(
  axis: Axis,
  group: string,
  clouds: readonly Cloud[],
  scale: LogScale,
  result: DrillResult,
): Html {
  const lost = result.accounting.lost.spans.filter((span) => span.group === group);
  const mine = order.flatMap((outcome) =>
    clouds.filter((cloud) => cloud.group === group && cloud.outcome === outcome),
  );
  const drawing = [
    ...scale.ticks.map(
      (tick) => html`<path class="grid" d="M${axis.whole.from} ${scale.y(tick)}H${axis.whole.to}"/>`,
    ),
    // A path of zero-length strokes with caps: dots that stay round however the lane is stretched.
    ...mine.map((cloud) => {
      const dots = cloud.points.map(
        (point) => `M${round(toMs(point.at))} ${round(scale.y(point.latency))}h0`,
      );
      return html`<path class="dots ${cloud.outcome}" d="${dots.join("")}"/>`;
    }),
    ...lost.map(
      (span) =>
        html`<rect class="lost-span" x="${toMs(span.from)}" y="0" width="${Math.max(1, toMs(span.to - span.from))}" height="${height}"/>`,
    ),
  ];
  const overlay = [
    ...scale.ticks.map(
      (tick) =>
        html`<span class="y-tick" style="top:${round(scale.y(tick))}px">${formatDuration(tick)}</span>`,
    ),
    ...lost.map(
      (span) =>
        html`<span class="lost-text" style="${at(toMs(span.from))}">${formatCount(span.count)} lost</span>`,
    ),
  ];
  const cut = mine
    .filter((cloud) => cloud.points.length < cloud.total)
    .map(
      (cloud) => `${formatCount(cloud.points.length)} of ${formatCount(cloud.total)} ${cloud.outcome} shown`,
    );
  const note = cut.length === 0 ? "log scale" : `log scale; ${cut.join(", ")}`;
  const counts = mine.map((cloud) => `${formatCount(cloud.total)} ${cloud.outcome}`).join(", ");
  const title = `Latency of sends to ${group} over time: ${counts}`;
  return lane(axis, { label: "Send latency", note, height, title, drawing, overlay, kind: "scatter" });
}

export interface LogScale {
  readonly y: (latency: number) => number;
  /** Powers of ten, in microseconds. */
  readonly ticks: readonly number[];
}

/** One scale for all groups, so that their pictures can be compared. */
export function latencyScale(clouds: readonly Cloud[]): LogScale {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const cloud of clouds) {
    for (const { latency } of cloud.points) {
      low = Math.min(low, Math.max(100, latency));
      high = Math.max(high, latency);
    }
  }
  const from = Math.floor(Math.log10(Number.isFinite(low) ? low : 1000));
  const to = Math.max(from + 1, Math.log10(Math.max(high, 1)) + 0.05);
  const ticks: number[] = [];
  for (let power = from; power <= to; power += 1) ticks.push(10 ** power);
  const y = (latency: number) => {
    const share = (Math.log10(Math.max(latency, 10 ** from)) - from) / (to - from);
    return height - 6 - share * (height - 14);
  };
  return { y, ticks };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
