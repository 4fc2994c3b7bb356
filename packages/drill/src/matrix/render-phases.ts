import { formatDuration } from "@hotfire/base";
import { type SwitchStep, switchSteps } from "@hotfire/judge/history";
import type { DrillResult } from "@hotfire/judge/result";
import { markdownRow } from "@hotfire/judge/result";
import { columnOf } from "./cells.ts";
import { columnKeyOf } from "./stored-cells.ts";

const titles: Readonly<Record<SwitchStep, string>> = {
  detected: "detected",
  elected: "elected",
  "role-changed": "role changed",
  "route-published": "route published",
  "client-noticed": "client noticed",
  "first-success": "first success",
};

/** Where the time of each switch went: the first fault of every run in which somebody was elected. */
export function renderPhases(results: readonly DrillResult[]): string[] {
  const rows = results.flatMap((result) => {
    const fault = result.steps.find(({ step }) => step === "elected")?.fault;
    if (fault === undefined) return [];
    const after = switchSteps.map((step) => {
      const times = result.steps.filter((one) => one.fault === fault && one.step === step);
      return times.length === 0 ? "" : formatDuration(Math.min(...times.map((one) => one.after)));
    });
    return [markdownRow([columnOf(columnKeyOf(result.run)), result.run.drill, ...after])];
  });
  if (rows.length === 0) return [];
  const header = ["mode", "drill", ...switchSteps.map((step) => titles[step])];
  return [
    "## The steps of each switch",
    "",
    "Since the order of the fault; Docker's own time to carry it out is part of all of them.",
    "",
    markdownRow(header),
    markdownRow(header.map(() => "---")),
    ...rows,
    "",
  ];
}
