import { formatCount, formatDuration } from "@hotfire/base";
import type { DrillResult } from "../result/result-schema.ts";
import { type Html, html } from "./html.ts";

type Kind = NonNullable<DrillResult["kinds"]>[number];

/** What became of each kind of the load besides the plain one; nothing where there was none. */
export function kindsSection({ kinds }: DrillResult): Html | undefined {
  if (kinds === undefined) return undefined;
  const number = (value: number) => html`<td class="number">${formatCount(value)}</td>`;
  const time = (value: number | undefined) =>
    html`<td class="number">${value === undefined ? "–" : formatDuration(value)}</td>`;
  const rows = kinds.map(
    (one) =>
      html`<tr class="${one.violations.length > 0 ? "bad" : ""}"><th scope="row">${one.kind}</th>${number(one.sent)}${number(one.acknowledged)}${number(one.failed)}${number(one.inDoubt)}${number(one.delivered)}${number(one.duplicates)}${time(one.longestGap)}${time(one.lateness?.p50)}${time(one.lateness?.p99)}${time(one.lateness?.max)}<td>${details(one)}</td></tr>`,
  );
  const names = [
    "Kind",
    "Sent",
    "Acknowledged",
    "Failed",
    "In doubt",
    "Delivered",
    "Stored twice",
    "Longest write gap",
    "Late, median",
    "Late, 99 %",
    "Late, longest",
    "Besides",
  ];
  const head = names.map((name) => html`<th scope="col">${name}</th>`);
  const broken = kinds.flatMap(({ violations }) =>
    violations.map(
      ({ first, count }) =>
        html`<li>${first}${count > 1 && html` (and ${formatCount(count - 1)} more)`}</li>`,
    ),
  );
  return html`<section><h2>What an application sends besides</h2><div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>${broken.length > 0 && html`<ul class="reasons is-fail">${broken}</ul>`}</section>`;
}

function details({ figures }: Kind): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name}: ${formatCount(value)}`)
    .join(", ");
}
