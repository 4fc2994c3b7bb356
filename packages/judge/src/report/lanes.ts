import type { Micros } from "../history/micros.ts";
import { type Html, html } from "./html.ts";
import type { View } from "./views.ts";

/** Everything that is drawn on the time axis shares these. Drawings use milliseconds for x. */
export interface Axis {
  readonly whole: View;
  /** From the injection to the end of healing of each fault. */
  readonly bands: readonly { readonly from: number; readonly to: number }[];
}

export function toMs(at: Micros): number {
  return Math.round(at) / 1000;
}

export interface LaneParts {
  readonly label: Html | string;
  readonly note?: Html | string | undefined;
  readonly height: number;
  /** Said to a screen reader instead of the drawing. */
  readonly title: string;
  /** SVG content; x in milliseconds, y from 0 to `height`. */
  readonly drawing: Html | readonly Html[];
  /** HTML over the drawing, placed with `at`. */
  readonly overlay?: Html | readonly Html[] | undefined;
  readonly kind?: string;
}

/**
 * One lane. The drawing is stretched to the lane's width, whatever the screen; text stays outside of it, so that it
 * keeps its size on a phone.
 */
export function lane(axis: Axis, parts: LaneParts): Html {
  const { whole } = axis;
  const width = whole.to - whole.from;
  const bands = axis.bands.map(
    ({ from, to }) =>
      html`<rect class="band" x="${from}" y="0" width="${Math.max(0, to - from)}" height="${parts.height}"/>`,
  );
  return html`<div class="lane ${parts.kind}"><div class="lane-label">${parts.label}${parts.note !== undefined && html` <small>${parts.note}</small>`}</div>
<div class="plot" style="height:${parts.height}px"><svg class="timed" role="img" aria-label="${parts.title}" viewBox="${whole.from} 0 ${width} ${parts.height}" data-height="${parts.height}" preserveAspectRatio="none">${bands}${parts.drawing}</svg>${parts.overlay}</div></div>`;
}

/** Style that puts an element at a moment of the axis. */
export function at(ms: number): Html {
  return html`--t:${ms}`;
}

/** Text that starts at `from` and is cut off at `to`. */
export function spanLabel(from: number, to: number, className: string, text: string): Html {
  return html`<span class="on-span ${className}" title="${text}" style="--t:${from};--e:${to}">${text}</span>`;
}

export function axisLane(views: readonly View[], phases: readonly { at: number; name: string }[]): Html {
  const ticks = views.map(
    (view, index) =>
      html`<div class="ticks" data-view="${view.id}"${index > 0 && html` hidden`}>${view.ticks.map((tick) => html`<span class="tick" style="${at(tick.at)}">${tick.text}</span>`)}</div>`,
  );
  const names = phases.map(
    ({ at: start, name }) => html`<span class="phase" style="${at(start)}">${name}</span>`,
  );
  return html`<div class="lane axis"><div class="lane-label"><span class="visually-hidden">Time</span></div><div class="plot" style="height:38px" aria-hidden="true">${names}${ticks}</div></div>`;
}
