import type { MatrixEvent } from "@hotfire/drill";
import { describe, expect, it } from "vitest";
import { plainStyle, widthOf } from "../style.ts";
import { exampleEvents } from "./example-events.ts";
import { exampleResult } from "./example-result.ts";
import { cellLine, grid, renderMatrix, renderTroubles } from "./matrix-panel.ts";
import { applyMatrixEvent, newMatrix } from "./matrix-state.ts";

const modes = ["single-master", "multi-master", "dledger", "controller"];
const drills = Array.from({ length: 25 }, (_, index) => `drill-${index}`);
const cells = modes.flatMap((mode) =>
  drills
    .filter((name) => mode === "dledger" || name !== "drill-1")
    .map((name) => ({ drill: { name }, mode })),
);

function cell(
  index: number,
  state: Extract<MatrixEvent, { type: "cell" }>["state"],
  sentence = "",
): MatrixEvent {
  const { drill, mode } = cells[index] ?? { drill: { name: "" }, mode: "" };
  return { type: "cell", index, total: cells.length, drill: drill.name, mode, state, sentence };
}

const events: MatrixEvent[] = [
  cell(0, "running", "first"),
  cell(0, "pass"),
  cell(1, "running"),
  cell(1, "fail"),
  cell(2, "running"),
  cell(2, "not-run"),
  cell(3, "running", "The broker is killed"),
  ...exampleEvents().map((event) => ({ type: "drill-event" as const, event })),
];

describe("the picture of a matrix", () => {
  const state = events.reduce(
    (now, event) => applyMatrixEvent(now, event, 1000),
    newMatrix(cells, drills, 7),
  );

  it("fills a table of drills and modes, with blanks where a drill does not apply", () => {
    expect(grid(state, 99, 80, plainStyle).slice(0, 6)).toEqual([
      "          single  multi  dledger  controller",
      "drill-0     ✔       ·       ·         ·",
      "drill-1                     ·",
      "drill-2     ✖       ·       ·         ·",
      "drill-3     –       ·       ·         ·",
      "drill-4     ●       ·       ·         ·",
    ]);
  });

  it("counts what is done and shows the drill that runs", () => {
    const lines = renderMatrix(state, 60_000, { width: 120, rows: 60 }, plainStyle).split("\n");
    expect(lines[2]).toBe(`3 of ${cells.length}, 1:00, about 31:20 left   1 pass, 1 fail, 1 not run`);
    expect(lines).toContain("drill-4 on single-master  The broker is killed");
    expect(lines.join("\n")).toMatch(/broker-a {2}write +▆+×+▆+/);
  });

  it.each([
    [60, 24],
    [80, 24],
    [120, 50],
    [200, 80],
  ])("fits a terminal of %i columns and %i rows", (width, rows) => {
    const lines = renderMatrix(state, 60_000, { width, rows }, plainStyle).split("\n");
    expect(lines.length).toBeLessThan(rows);
    for (const line of lines) expect(widthOf(line), line).toBeLessThanOrEqual(width);
    expect(lines.some((line) => line.startsWith("drill-4 "))).toBe(true);
  });
});

describe("a finished cell", () => {
  it("is a line, with the sentence as far as there is room", () => {
    const done = {
      index: 2,
      total: 64,
      drill: "writer-kill",
      mode: "dledger",
      state: "pass",
      sentence: "Nothing was lost",
    } as const;
    expect(cellLine(done, plainStyle)).toBe("[ 3/64] ✔ pass     writer-kill on dledger: Nothing was lost");
    const short = cellLine(done, plainStyle, 55);
    expect(short).toMatch(/^\[ 3\/64\] ✔ pass {5}writer-kill on dledger: Noth.*…$/);
    expect(widthOf(short)).toBe(55);
    expect(cellLine({ ...done, state: "not-run" }, plainStyle, 45)).toBe(
      "[ 3/64] – not-run  writer-kill on dledger",
    );
  });
});

describe("what did not pass", () => {
  it("is listed with its reasons and its report", () => {
    const results = [
      exampleResult(),
      exampleResult({ verdict: "fail", reasons: ["acknowledged messages lost: 3 (limit: none)"] }),
    ];
    const notRun = [{ drill: "delay", mode: "dledger", reason: "The kernel has no netem." }];
    expect(renderTroubles({ results, notRun }, "runs/m", plainStyle).split("\n")).toEqual([
      "✖ fail     writer-kill on dledger",
      "           acknowledged messages lost: 3 (limit: none)",
      "           runs/m/dledger/writer-kill/report.html",
      "– not-run  delay on dledger",
      "           The kernel has no netem.",
    ]);
    expect(renderTroubles({ results: [exampleResult()], notRun: [] }, "runs/m", plainStyle)).toBe("");
  });
});
