import type { DrillResult } from "../result/result-schema.ts";
import type { Series } from "../series/series.ts";
import { accountingSection } from "./accounting-section.ts";
import {
  burstsSection,
  checksSection,
  groupsSection,
  logsSection,
  proofSection,
  replicasSection,
  reproduceSection,
  steadinessSection,
} from "./detail-sections.ts";
import { faultLanes } from "./fault-lanes.ts";
import { Html, html } from "./html.ts";
import { kindsSection } from "./kinds-section.ts";
import { type Axis, axisLane, toMs } from "./lanes.ts";
import { legend, rateLanes } from "./rate-lanes.ts";
import { roleLanes } from "./role-lanes.ts";
import { latencyScale, scatterLane } from "./scatter.ts";
import { script } from "./script.ts";
import { styles } from "./styles.ts";
import { switchSection } from "./switch-section.ts";
import { tiles } from "./tiles.ts";
import { makeViews } from "./views.ts";

const badges = { pass: "✓ PASS", fail: "✕ FAIL", unknown: "? UNKNOWN" } as const;

/**
 * One static HTML file: opens from disk, asks no network, is the same for the same input. Everything that came from
 * brokers, clients or people is escaped.
 */
export function renderReport(result: DrillResult, series: Series): string {
  const name = `${result.run.drill} on ${result.run.cluster.mode}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${result.verdict.toUpperCase()}: ${name} – Hotfire drill</title>
<style>${new Html(styles)}</style>
</head>
<body><main>
${heading(result, name)}
${tiles(result)}
${timeline(result, series)}
${switchSection(result)}
${accountingSection(result)}
${kindsSection(result)}
${checksSection(result)}
${groupsSection(result)}
${steadinessSection(result)}
${burstsSection(result)}
${replicasSection(result)}
${proofSection(result)}
${logsSection(result, series)}
${reproduceSection(result)}
</main>
<script>${new Html(script)}</script>
</body>
</html>
`;
  return page.text;
}

function heading(result: DrillResult, name: string): Html {
  const { verdict, reasons, claim, run } = result;
  const broken =
    reasons.length > 0 &&
    html`<ul class="reasons is-${verdict}">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`;
  const claimed =
    claim !== undefined &&
    html`<p class="claim">Claim: ${claim.text} <span class="small">(${claim.source})</span></p>`;
  return html`<header><h1>Hotfire drill · ${name} · ${run.clock.origin.slice(0, 10)}</h1><div class="verdict"><span class="badge ${verdict}">${badges[verdict]}</span><div><p class="sentence">${result.sentence}</p>${broken}</div></div>${run.title !== undefined && html`<p class="lead">${run.title}</p>`}${claimed}</header>`;
}

function timeline(result: DrillResult, series: Series): Html {
  const views = makeViews(result, series);
  const [whole] = views;
  if (whole === undefined) return html``;
  const bands = result.faults.flatMap(({ injected, healed }) =>
    injected === undefined
      ? []
      : [{ from: toMs(injected.begin), to: healed === undefined ? whole.to : toMs(healed.end) }],
  );
  const axis: Axis = { whole, bands };
  const scale = latencyScale(series.clouds);
  const phases = series.phases
    .map(({ at, name }) => ({ at: toMs(at), name }))
    .filter(({ at }) => at >= whole.from && at < whole.to);
  const faulted = new Set(result.faults.flatMap((fault) => fault.groups));
  const groups = [...new Set([...series.rates, ...series.roles].map(({ group }) => group))].sort(
    (a, b) => Number(faulted.has(b)) - Number(faulted.has(a)) || a.localeCompare(b),
  );
  const lanes = groups.map(
    (group) =>
      html`<h3 class="group-name">${group}${faulted.has(group) && html` <span class="quiet small">the faulted group</span>`}</h3>${roleLanes(
        axis,
        series.roles.filter((lane) => lane.group === group),
      )}${rateLanes(axis, group, series.rates, series.binWidth, result)}${series.clouds.some((cloud) => cloud.group === group) && scatterLane(axis, group, series.clouds, scale, result)}`,
  );
  const buttons = views.map((view, index) => {
    const zero = index === 0 ? 0 : (bands[Number(view.id.slice("fault-".length))]?.from ?? 0);
    return html`<button type="button" data-view="${view.id}" data-from="${view.from}" data-to="${view.to}" data-zero="${zero}" aria-pressed="${index === 0 ? "true" : "false"}">${view.label}</button>`;
  });
  return html`<section><h2 class="visually-hidden">Timeline</h2><div class="timeline" style="--f:${whole.from};--u:${whole.to}"><div class="bar"><b>What happened, on one clock</b><div class="views">${views.length > 1 && buttons}</div></div>${axisLane(views, phases)}${faultLanes(axis, result)}${lanes}${legend()}<div class="pointer" hidden><span></span></div></div></section>`;
}
