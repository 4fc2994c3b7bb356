import { join, relative } from "node:path";
import type { DrillOutcome } from "@hotfire/drill";
import type { DrillResult } from "@hotfire/judge/result";
import { harmless, type Style } from "../style.ts";
import { wrap } from "../wrap.ts";
import { renderWrappedTable } from "../wrapped-table.ts";
import { renderKinds } from "./render-kinds.ts";
import { verdictStyle } from "./timeline.ts";

type Check = DrillResult["checks"][number];

const marks = { pass: "✔", fail: "✖", unknown: "?" } as const;

/** The verdict with its reasons, every check, and where everything is, as a person reads it. */
export function renderOutcome(outcome: DrillOutcome, style: Style, width?: number): string {
  const { result, folder } = outcome;
  const paint = verdictStyle(result.verdict, style);
  const { run } = result;
  const head = `${paint(`${marks[result.verdict]} ${result.verdict.toUpperCase()}`)}  ${style.bold(run.drill)} ${style.dim(`on ${run.cluster.name} (${run.cluster.mode}), seed ${run.seed}`)}`;
  const columns = width ?? Number.POSITIVE_INFINITY;
  const blocks = [head, wrap(harmless(result.sentence), columns).map(style.bold).join("\n")];
  if (result.reasons.length > 0) {
    const reasons = result.reasons.flatMap((reason) =>
      wrap(harmless(reason), columns - 2).map((line, index) => `${index === 0 ? paint("•") : " "} ${line}`),
    );
    blocks.push(reasons.join("\n"));
  }
  if (result.claim !== undefined) {
    const claim = wrap(`${result.claim.text} (${result.claim.source})`, columns - 8);
    blocks.push(
      claim.map((line, index) => `${style.dim(index === 0 ? "claim   " : "        ")}${line}`).join("\n"),
    );
  }
  if (result.checks.length > 0) blocks.push(renderChecks(result.checks, style, width));
  if (result.kinds !== undefined) blocks.push(renderKinds(result.kinds, style, width));
  blocks.push(renderPaths(result, folder, style));
  return blocks.join("\n\n");
}

/** The broken ones first, since they are what somebody wants to know. */
export function renderChecks(checks: readonly Check[], style: Style, width?: number): string {
  const order = { fail: 0, unknown: 1, pass: 2 } as const;
  const rows = [...checks].sort((a, b) => order[a.status] - order[b.status]);
  const paint = ({ status }: Check) => verdictStyle(status, style);
  return renderWrappedTable(
    [
      { title: "", value: ({ status }) => `${marks[status]} ${status}`, paint },
      { title: "CHECK", value: ({ text }) => `${text.charAt(0).toUpperCase()}${text.slice(1)}` },
      { title: "LIMIT", value: ({ limit }) => limit, paint: () => style.dim },
      {
        title: "MEASURED",
        value: ({ measured }) => harmless(measured),
        paint: (check) => (check.status === "pass" ? (text) => text : paint(check)),
      },
    ],
    rows,
    style,
    width,
  );
}

function renderPaths(result: DrillResult, folder: string, style: Style): string {
  const shown = shorten(folder);
  const rows = [
    ["report", style.accent(join(shown, "report.html"))],
    ["facts", `${join(shown, "result.json")}, junit.xml, history.ndjson, logs/`],
    ["open it", `hotfire drill open ${shown}`],
    ["again", result.run.command],
  ];
  return rows.map(([label = "", text = ""]) => `${style.dim(label.padEnd(9))}${text}`).join("\n");
}

/** Relative to where the person is, when that is shorter. */
export function shorten(path: string): string {
  const near = relative(process.cwd(), path);
  return near !== "" && near.length < path.length ? near : path;
}
