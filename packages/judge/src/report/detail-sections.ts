import { formatCount, formatDuration, formatShare } from "@hotfire/base";
import type { DrillResult } from "../result/result-schema.ts";
import type { Series } from "../series/series.ts";
import { type Html, html } from "./html.ts";

const origins = { always: "always", expectation: "the drill's expectation", limit: "your limit" } as const;
const words = { pass: "✓ pass", fail: "✕ fail", unknown: "? unknown" } as const;

export function checksSection({ checks }: DrillResult): Html {
  const rank = { fail: 0, unknown: 1, pass: 2 } as const;
  const rows = checks
    .toSorted((a, b) => rank[a.status] - rank[b.status])
    .map(
      (check) =>
        html`<tr><td><b class="is-${check.status}">${words[check.status]}</b></td><th scope="row">${check.text}</th><td>${check.measured}</td><td>${check.limit}</td><td class="quiet">${origins[check.origin]}</td></tr>`,
    );
  return html`<section><h2>Checks</h2><div class="scroll"><table><thead><tr><th scope="col"></th><th scope="col">Check</th><th scope="col">Measured</th><th scope="col">Limit</th><th scope="col">From</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

export function groupsSection(result: DrillResult): Html {
  const rows = result.lanes.map((lane) => {
    const mine = result.recoveries.filter((one) => one.group === lane.group && one.verb === lane.verb);
    const isLost = mine.some((one) => one.rto === undefined);
    const worst = Math.max(0, ...mine.map((one) => (one.rto === 0 ? 0 : (one.silence ?? one.rto ?? 0))));
    const downtime = mine.reduce((sum, one) => sum + one.downtime, 0);
    const optional = (value: number | undefined) => (value === undefined ? "–" : formatDuration(value));
    const causes = lane.causes.slice(0, 6).map(({ cause, count }) => `${formatCount(count)} × ${cause}`);
    return html`<tr><th scope="row">${lane.group} <span class="quiet">${lane.verb === "send" ? "writes" : "reads"}</span></th><td class="number">${formatCount(lane.attempts)}</td><td class="number">${formatShare(lane.availability)}</td><td class="number">${isLost ? "never back" : worst === 0 ? "no outage" : formatDuration(worst)}</td><td class="number">± ${optional(lane.resolution)}</td><td class="number">${formatDuration(downtime)}</td><td class="number">${optional(lane.latency.p50)}</td><td class="number">${optional(lane.latency.p99)}</td><td class="number">${optional(lane.schedulingErrorP99)}</td><td class="small">${causes.join("; ")}</td></tr>`;
  });
  return html`<section><h2>Broker groups</h2><p class="lead">Load is open loop: operations start on schedule whether or not earlier ones came back, and latency counts from the schedule.</p><div class="scroll"><table><thead><tr><th scope="col">Group</th><th scope="col" class="number">Operations</th><th scope="col" class="number">Succeeded</th><th scope="col" class="number">Longest outage</th><th scope="col" class="number">Resolution</th><th scope="col" class="number">Downtime</th><th scope="col" class="number">p50</th><th scope="col" class="number">p99</th><th scope="col" class="number">Schedule error p99</th><th scope="col">Failures</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** What groups lost while faults were in force or healed, beside what they may, by what they show without one. */
export function steadinessSection({ steadiness = [] }: DrillResult): Html | undefined {
  if (steadiness.length === 0) return undefined;
  const whose = { own: "of its own", foreign: "elsewhere" } as const;
  const when = { "in-force": "in force", healing: "healing" } as const;
  const duration = (value: number | undefined) => (value === undefined ? "–" : formatDuration(value));
  const rows = steadiness.map(
    (one) =>
      html`<tr><th scope="row">${one.group} <span class="quiet">${one.verb === "send" ? "writes" : "reads"}</span></th><td>${whose[one.faults]}, ${when[one.phase]}</td><td class="number">${formatDuration(one.length)}</td><td class="number">${formatDuration(one.longest)}</td><td class="number">${formatDuration(one.longestBound)}</td><td class="number">${formatDuration(one.lost)}</td><td class="number">${formatDuration(one.lostBound)}</td><td class="number">${duration(one.failed)}</td><td class="number">${duration(one.failedBound)}</td></tr>`,
  );
  return html`<section><h2>Beside what it shows without a fault</h2><p class="lead">Time without service in the windows of faults. Groups that were not hit are held to these bounds, which are multiples of what the same run shows of them in its calm.</p><div class="scroll"><table><thead><tr><th scope="col">Group</th><th scope="col">Faults</th><th scope="col" class="number">Watched</th><th scope="col" class="number">Longest</th><th scope="col" class="number">may be</th><th scope="col" class="number">In all</th><th scope="col" class="number">may be</th><th scope="col" class="number">Failures for</th><th scope="col" class="number">may be</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

export function burstsSection({ bursts }: DrillResult): Html | undefined {
  if (bursts.length === 0) return undefined;
  const rate = (value: number) => formatCount(Math.round(value));
  const rows = bursts.map(
    ({ group, concurrency, rates, median }) =>
      html`<tr><th scope="row">${group}</th><td class="number">${formatCount(concurrency)}</td><td class="number"><b>${rate(median)}</b></td><td class="small">${rates.map(rate).join(", ")}</td></tr>`,
  );
  return html`<section><h2>Throughput</h2><p class="lead">As many sends in flight as stated, each followed by the next as soon as it is answered; the groups took turns.</p><div class="scroll"><table><thead><tr><th scope="col">Group</th><th scope="col" class="number">In flight</th><th scope="col" class="number">Median per second</th><th scope="col">Each burst</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

export function replicasSection({ replicas, roles }: DrillResult): Html | undefined {
  const differences = replicas.telling.map(
    (one) =>
      html`<li>${one.group}, ${one.topic} queue ${one.queue}: ${one.detail} (compared with ${one.reference})</li>`,
  );
  const violations = roles.violations.map((one) => html`<li>${one.group}: ${one.detail}</li>`);
  if (differences.length + violations.length === 0) return undefined;
  return html`<section><h2>Replicas and roles</h2>${violations.length > 0 && html`<h3>Two that acknowledge</h3><ul>${violations}</ul>`}${differences.length > 0 && html`<h3>Replicas that differ (${formatCount(replicas.different)} of ${formatCount(replicas.compared)} queue copies)</h3><ul>${differences}</ul>`}</section>`;
}

export function proofSection({ faults }: DrillResult): Html | undefined {
  if (faults.length === 0) return undefined;
  const entry = (step: string, part: DrillResult["faults"][number]["injected"]) =>
    part === undefined
      ? html`<dt>${step}</dt><dd class="is-unknown">did not happen</dd>`
      : html`<dt>${step}</dt><dd>at ${formatDuration(part.begin)}, proven after ${formatDuration(part.end - part.begin)}: ${part.proof.seen === "" ? html`<b class="is-unknown">nothing was seen</b>` : html`<q>${part.proof.seen}</q>`} <span class="quiet">(${part.proof.how})</span></dd>`;
  const items = faults.map(
    (fault) =>
      html`<h3>${fault.kind} on ${fault.target}${fault.nodes.length > 0 && html` <span class="quiet">= ${fault.nodes.join(", ")}</span>`}</h3><dl>${entry("In force", fault.injected)}${entry("Healed", fault.healed)}${fault.errors.map((error) => html`<dt>Error</dt><dd>${error}</dd>`)}</dl>`,
  );
  return html`<section><h2>The fault was real, and is gone</h2>${items}</section>`;
}

const maxLines = 200;

/** Log lines on the same clock, their time counted from the first fault. */
export function logsSection(result: DrillResult, series: Series): Html | undefined {
  if (series.logs.length === 0) return undefined;
  const zero = result.faults[0]?.injected?.begin ?? 0;
  // The lines nearest to the fault tell most; they are shown in their order.
  const near = series.logs
    .toSorted((a, b) => Math.abs(a.at - zero) - Math.abs(b.at - zero))
    .slice(0, maxLines)
    .sort((a, b) => a.at - b.at);
  const cut = series.logs.length - near.length + series.logsCut;
  const rows = near.map((line) => {
    const since = line.at - zero;
    const time = `${since < 0 ? "−" : "+"}${(Math.abs(since) / 1_000_000).toFixed(3)} s`;
    return html`<tr><td class="number">${time}</td><td>${line.node}</td><td class="log-line">${line.line}</td></tr>`;
  });
  return html`<section><h2>What the brokers logged</h2><p class="lead">Time since the ${zero === 0 ? "start" : "fault"}, on the run's clock.${cut > 0 && html` <b>${formatCount(cut)} more lines are in the run's directory.</b>`}</p><div class="scroll"><table class="logs"><tbody>${rows}</tbody></table></div></section>`;
}

export function reproduceSection(result: DrillResult): Html {
  const { run } = result;
  const pairs = (record: Readonly<Record<string, string>>) =>
    Object.entries(record).map(([name, value]) => html`<dt>${name}</dt><dd><code>${value}</code></dd>`);
  const { workload } = run;
  return html`<section><h2>Run it again</h2><pre><code>${run.command}</code></pre><dl class="pairs"><dt>Seed</dt><dd><code>${run.seed}</code></dd><dt>Workload</dt><dd>${workload.rate} sends per second of ${workload.messageBytes} bytes, clients: ${workload.clients.join(", ")}</dd><dt>Clock zero</dt><dd>${run.clock.origin}</dd><dt>Machine</dt><dd>${run.machine}</dd>${pairs(run.versions)}${pairs(run.images)}</dl><details><summary>Cluster spec</summary><pre><code>${JSON.stringify(run.cluster.spec, undefined, 2)}</code></pre></details></section>`;
}
