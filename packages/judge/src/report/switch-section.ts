import { formatDuration } from "@hotfire/base";
import type { DrillResult } from "../result/result-schema.ts";
import { type Html, html } from "./html.ts";

const texts: Readonly<Record<DrillResult["steps"][number]["step"], string>> = {
  detected: "Detected",
  elected: "Elected",
  "role-changed": "Role changed",
  "route-published": "Route published",
  "client-noticed": "Client noticed",
  "first-success": "First success",
};

/** Where the outage's time went: each step as measured, beside what the timers predict. */
export function switchSection(result: DrillResult): Html | undefined {
  // Where nobody took over, there is no switch to take apart.
  if (!result.steps.some(({ step }) => step !== "first-success")) return undefined;
  const groups = new Map<string, DrillResult["steps"][number][]>();
  for (const step of result.steps) {
    const id = `${step.fault} ${step.group}`;
    groups.set(id, [...(groups.get(id) ?? []), step]);
  }
  const tables = [...groups.values()].map((steps) => table(steps, result, groups.size > 1));
  return html`<section><h2>Where the time went</h2><p class="lead">Since the fault was ordered. The bar is the time between the previous step and this one; the outline is what the configured timers predict.</p>${tables}</section>`;
}

function table(
  steps: readonly DrillResult["steps"][number][],
  result: DrillResult,
  isOneOfMany: boolean,
): Html {
  const [first] = steps;
  const furthest = Math.max(1, ...steps.map(({ after }) => after), ...result.predictions.map(({ to }) => to));
  const share = (value: number) => Math.round((value / furthest) * 1000) / 10;
  let before = 0;
  const rows = steps.map((step) => {
    const prediction = result.predictions.find((one) => one.step === step.step);
    const from = Math.min(before, step.after);
    before = step.after;
    const bar = html`<div class="track">${prediction !== undefined && html`<i class="predicted" style="left:${share(prediction.from)}%;width:${share(prediction.to - prediction.from)}%"></i>`}<i class="spent" style="left:${share(from)}%;width:${Math.max(0.6, share(step.after - from))}%"></i></div>`;
    const resolution = step.resolution === undefined ? "" : ` − ${formatDuration(step.resolution)}`;
    const predicted =
      prediction === undefined
        ? html`<span class="quiet">–</span>`
        : html`<span title="${prediction.basis}">${formatDuration(prediction.from)} to ${formatDuration(prediction.to)}</span>`;
    return html`<tr><th scope="row">${texts[step.step]} <span class="quiet">${step.node}</span></th><td class="number">${formatDuration(step.after)}<span class="quiet">${resolution}</span></td><td class="number">${predicted}</td><td class="bar-cell">${bar}</td></tr>`;
  });
  const caption =
    isOneOfMany && first !== undefined && html`<caption>${first.group}, fault ${first.fault}</caption>`;
  const basis = result.predictions.map((one) => html`<li>${texts[one.step]}: ${one.basis}</li>`);
  return html`<div class="scroll"><table class="steps">${caption}<thead><tr><th scope="col">Step</th><th scope="col" class="number">Measured</th><th scope="col" class="number">Predicted</th><td></td></tr></thead><tbody>${rows}</tbody></table></div>${basis.length > 0 && html`<ul class="quiet small">${basis}</ul>`}`;
}
