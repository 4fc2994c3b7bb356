import { formatCount, formatDuration, formatShare } from "@hotfire/base";
import type { Verb } from "../history/operations.ts";
import type { DrillResult } from "../result/result-schema.ts";
import { type Html, html } from "./html.ts";

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  /** Names of the checks that bind it. */
  readonly checks: readonly DrillResult["checks"][number][];
}

/** The figures that decide, each against its limit. */
export function tiles(result: DrillResult): Html {
  const { accounting } = result;
  const named = (...names: readonly string[]) => result.checks.filter((check) => names.includes(check.check));
  const all: readonly Tile[] = [
    rtoTile(result, "send"),
    rtoTile(result, "consume"),
    {
      name: "Lost",
      value:
        accounting.unverified > 0 && accounting.lost.count === 0 ? "?" : formatCount(accounting.lost.count),
      note: `of ${formatCount(accounting.acknowledged)} acknowledged`,
      checks: named("lost"),
    },
    {
      name: "Stored twice",
      value: formatCount(accounting.duplicates.count),
      note: `${formatCount(accounting.redelivered)} delivered again`,
      checks: named("duplicates", "redelivered"),
    },
    {
      name: "In doubt",
      value: formatCount(accounting.inDoubt),
      note: `${formatCount(accounting.inDoubtArrived)} arrived, ${formatCount(accounting.inDoubtGone)} gone`,
      checks: named("in-doubt", "in-doubt-gone"),
    },
    availabilityTile(result),
  ];
  return html`<section class="tiles" aria-label="Key figures">${all.map(renderTile)}</section>`;
}

function renderTile({ name, value, note, checks }: Tile): Html {
  const status = checks.some((check) => check.status === "fail")
    ? "fail"
    : checks.some((check) => check.status === "unknown")
      ? "unknown"
      : checks.length > 0
        ? "pass"
        : "none";
  // A number is the better half of a limit; an expectation in words stands in the table of checks too.
  const numbers = checks.filter((check) => check.check !== "outage");
  const limits = (numbers.length > 0 ? numbers : checks)
    .map((check) => check.limit)
    .join("; ")
    .replace(/(\d) (?=\S)/g, "$1\u00a0");
  const words = { pass: "✓ kept", fail: "✕ broken", unknown: "? not known", none: "" }[status];
  const limit =
    status === "none" ? html`no limit` : html`<b class="is-${status}">${words}</b> limit: ${limits}`;
  return html`<div class="tile ${status}"><div class="tile-name">${name}</div><div class="tile-value">${value}</div><div class="tile-note">${note}</div><div class="tile-limit">${limit}</div></div>`;
}

function rtoTile(result: DrillResult, verb: Verb): Tile {
  const name = verb === "send" ? "Writes stopped, worst" : "Reads stopped, worst";
  const checks = result.checks.filter(
    (check) => (check.check === "rto" || check.check === "outage") && (check.verb ?? verb) === verb,
  );
  const found = result.recoveries.filter((one) => one.verb === verb);
  if (found.length === 0) return { name, value: "–", note: "not measured", checks };
  const never = found.find((one) => one.rto === undefined);
  if (never !== undefined) {
    const watched = formatDuration(never.atLeast ?? 0);
    return { name, value: "for good", note: `${never.group}, watched for ${watched}`, checks };
  }
  const length = (one: DrillResult["recoveries"][number]) =>
    one.rto === 0 ? 0 : (one.silence ?? one.rto ?? 0);
  const worst = found.reduce((a, b) => (length(b) > length(a) ? b : a));
  if (worst.rto === undefined || worst.rto === 0) return { name, value: "never", note: "no outage", checks };
  const lane = result.lanes.find((one) => one.group === worst.group && one.verb === verb);
  const resolution = lane?.resolution === undefined ? "" : `, ± ${formatDuration(lane.resolution)}`;
  const healed = worst.neededHealing ? ", until healed" : "";
  const named = [
    `${formatDuration(worst.rto)} from the order`,
    ...(worst.fromProof === undefined ? [] : [`${formatDuration(worst.fromProof)} from the proof`]),
    ...(worst.fromFailure === undefined
      ? []
      : [`${formatDuration(worst.fromFailure)} from the first failure`]),
  ].join(", ");
  const value = formatDuration(length(worst));
  return { name, value, note: `${worst.group}${resolution}${healed}; ${named}`, checks };
}

function availabilityTile(result: DrillResult): Tile {
  const checks = result.checks.filter((check) => check.check === "availability");
  const worst = result.lanes
    .filter((lane) => lane.verb === "send")
    .reduce<DrillResult["lanes"][number] | undefined>(
      (least, lane) => (least === undefined || lane.availability < least.availability ? lane : least),
      undefined,
    );
  if (worst === undefined) return { name: "Write availability", value: "–", note: "not measured", checks };
  const rest = result.lanes.filter((lane) => lane.verb === "send" && lane.group !== worst.group);
  const others =
    rest.length === 0 ? "" : `; others ${formatShare(Math.min(...rest.map((lane) => lane.availability)))}`;
  return {
    name: "Write availability",
    value: formatShare(worst.availability),
    note: `${worst.group}${others}`,
    checks,
  };
}
