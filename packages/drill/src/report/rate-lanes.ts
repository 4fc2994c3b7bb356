import { formatDuration, formatShare } from "../format/text.ts";
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
      const overlay = outages.map((outage) => {
        const to = outage.to === undefined ? axis.whole.to : toMs(outage.to);
        const text = outage.to === undefined ? "never came back" : formatDuration(outage.to - outage.from);
        const title = `${verb} stopped ${text}: ${outage.failed} failed, ${outage.inDoubt} in doubt`;
        // At the end of the run there is no room to the right of it.
        const side = to > axis.whole.from + (axis.whole.to - axis.whole.from) * 0.8 ? "before" : "after";
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
