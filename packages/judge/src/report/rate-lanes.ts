import { formatDuration, formatShare } from "@hotfire/base";
import type { DrillResult } from "../result/result-schema.ts";
import type { RateLane } from "../series/series.ts";
import { type Html, html } from "./html.ts";
import { type Axis, lane, toMs } from "./lanes.ts";

const height = 46;

/** Share of operations that succeeded, bin by bin, with outages marked and their length written on them. */
export function rateLanes(
  axis: Axis,
  group: string,
  rates: readonly RateLane[],
  binWidth: number,
  result: DrillResult,
): Html[] {
  return rates
    .filter((rate) => rate.group === group)
    .map((rate) => {
      const verb = rate.verb === "send" ? "Writes" : "Reads";
      const found = result.lanes.find((one) => one.group === group && one.verb === rate.verb);
      const outages = found?.outages ?? [];
      const drawing = [
        html`<path class="rate-bad" d="${area(rate, binWidth, () => 1)}"/>`,
        html`<path class="rate-good" d="${area(rate, binWidth, (good, all) => good / all)}"/>`,
        ...outages.map((outage) => {
          const from = toMs(outage.from);
          const to = outage.to === undefined ? axis.whole.to : toMs(outage.to);
          return html`<rect class="outage" x="${from}" y="0" width="${to - from}" height="${height}"/>`;
        }),
      ];
      const overlay = labelled(outages, axis).map(({ outage, to, side }) => {
        const text = outage.to === undefined ? "never came back" : formatDuration(outage.to - outage.from);
        const title = `${verb} stopped ${text}: ${outage.failed} failed, ${outage.inDoubt} in doubt`;
        return html`<span class="outage-text ${side}" title="${title}" style="--t:${toMs(outage.from)};--e:${to}">${text}</span>`;
      });
      const share = found === undefined ? "" : formatShare(found.availability);
      const title = `${verb} of ${group}: ${share} succeeded; outages: ${outages.length === 0 ? "none" : outages.map((one) => (one.to === undefined ? "open" : formatDuration(one.to - one.from))).join(", ")}`;
      return lane(axis, {
        label: verb,
        note: `${share} succeeded, ${formatDuration(binWidth)} bins`,
        height,
        title,
        drawing,
        overlay,
        kind: "rate",
      });
    });
}

type Outage = DrillResult["lanes"][number]["outages"][number];

interface Label {
  readonly outage: Outage;
  /** End of the outage in milliseconds, where its label stands. */
  readonly to: number;
  readonly side: "before" | "after";
}

/** A label takes about so much of the whole run's width. */
const labelShare = 0.08;

const leastShare = 0.03;

/** The outages that have room for a label, longest first: a shorter one beside it is in the lane's title only. */
function labelled(outages: readonly Outage[], { whole }: Axis): Label[] {
  const width = (whole.to - whole.from) * labelShare;
  const length = ({ from, to }: Outage) => (to === undefined ? Number.POSITIVE_INFINITY : to - from);
  const longest = Math.max(0, ...outages.map(length));
  const kept: (Label & { readonly begin: number })[] = [];
  for (const outage of outages.toSorted((a, b) => length(b) - length(a))) {
    // Beside an outage of seconds the label of a hiccup only misleads.
    if (length(outage) < longest * leastShare) break;
    const to = outage.to === undefined ? whole.to : toMs(outage.to);
    // At the end of the run there is no room to the right of it.
    const side = to > whole.from + (whole.to - whole.from) * 0.8 ? "before" : "after";
    const begin = side === "before" ? to - width : to;
    if (kept.every((other) => Math.abs(other.begin - begin) >= width)) kept.push({ outage, to, side, begin });
  }
  return kept;
}

/** A step area from the bottom; bins without operations are left out, equal neighbours are one step. */
function area(rate: RateLane, binWidth: number, share: (good: number, all: number) => number): string {
  const steps: { from: number; to: number; top: number }[] = [];
  for (const [bin, all] of rate.attempts.entries()) {
    if (all === 0) continue;
    const top = Math.round((1 - share(rate.acknowledged[bin] ?? 0, all)) * (height - 4) * 10) / 10 + 4;
    const from = toMs(bin * binWidth);
    const to = toMs((bin + 1) * binWidth);
    const last = steps.at(-1);
    if (last !== undefined && last.to === from && last.top === top) last.to = to;
    else steps.push({ from, to, top });
  }
  return steps
    .filter(({ top }) => top < height)
    .map(({ from, to, top }) => `M${from} ${height}V${top}H${to}V${height}z`)
    .join("");
}

/** What the colours of the lanes mean. */
export function legend(): Html {
  return html`<p class="legend"><span><i class="key acknowledged"></i>acknowledged</span><span><i class="key failed"></i>failed (surely not stored)</span><span><i class="key in-doubt"></i>in doubt</span><span><i class="key lost"></i>acknowledged and lost</span><span><i class="key role-first"></i>leader, master</span><span><i class="key role-second"></i>follower, slave</span><span><i class="key role-candidate"></i>candidate</span><span><i class="key role-gone"></i>unreachable</span><span><i class="key key-band"></i>fault, until healed</span></p>`;
}
