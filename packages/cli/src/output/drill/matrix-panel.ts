import type { MatrixOutcome } from "@hotfire/drill";
import { clip, harmless, type Style } from "../style.ts";
import { wrap } from "../wrap.ts";
import { type CellView, type MatrixState, type Tally, tally } from "./matrix-state.ts";
import { bodyLines, formatClock } from "./run-panel.ts";

const shortModes: Readonly<Record<string, string>> = {
  "single-master": "single",
  "multi-master": "multi",
  "master-slave-async": "async",
  "master-slave-sync": "sync",
};

const marks: Readonly<Record<CellView["state"], string>> = {
  waiting: "·",
  running: "●",
  pass: "✔",
  fail: "✖",
  unknown: "?",
  "not-run": "–",
};

const fewestRows = 3;

/** The table as far as it is filled, and the drill that runs; as high as the terminal allows. */
export function renderMatrix(
  state: MatrixState,
  nowMs: number,
  size: { readonly width: number; readonly rows: number },
  style: Style,
): string {
  const { width } = size;
  const head = ["", `${style.bold("drill matrix")}${style.dim(`  seed ${state.seed}`)}`];
  head.push(progressLine(state, nowMs, width, style), "");
  // The cursor has a row of its own; the table a row for its title and one that says how much is hidden.
  const room = size.rows - 1 - head.length - 2;
  const running = runningLines(state, nowMs, width, style).slice(0, Math.max(0, room - fewestRows));
  return [...head, ...grid(state, room - running.length, width, style), ...running].join("\n");
}

function progressLine({ cells }: MatrixState, nowMs: number, width: number, style: Style): string {
  const counts = tally(cells);
  const done = cells.length - counts.waiting - counts.running;
  const left =
    done === 0 || done === cells.length
      ? ""
      : `, about ${formatClock((nowMs / done) * (cells.length - done))} left`;
  const plain = `${done} of ${cells.length}, ${formatClock(nowMs)}${left}`;
  const results = describeTally(counts, style);
  const line = results === "" ? plain : `${plain}   ${results}`;
  return clip(line, width);
}

/** `12 pass, 1 fail`. */
export function describeTally(counts: Tally, style: Style): string {
  const words = [
    ["pass", "pass", style.good],
    ["fail", "fail", style.bad],
    ["unknown", "unknown", style.warn],
    ["not-run", "not run", style.dim],
  ] as const;
  return words
    .filter(([key]) => counts[key] > 0)
    .map(([key, word, paint]) => paint(`${counts[key]} ${word}`))
    .join(", ");
}

/** Drills down, modes across. Where the terminal is too low for all, the rows around the one that runs. */
export function grid(state: MatrixState, rows: number, width: number, style: Style): string[] {
  const { drills, modes } = state;
  const label = Math.max(...drills.map((drill) => drill.length), 5);
  const names = modes.map((mode) => shortModes[mode] ?? mode);
  const isWide = label + names.reduce((sum, name) => sum + name.length + 2, 0) <= width;
  const heads = isWide ? names : names.map((name) => name.slice(0, 2));
  const labelWidth = Math.min(label, width - heads.reduce((sum, name) => sum + name.length + 2, 0));
  const title = `${" ".repeat(labelWidth)}${heads.map((name) => `  ${style.dim(name)}`).join("")}`;
  const lines = drills.map((drill) => {
    const cells = modes.map((mode, index) => {
      const cell = state.cells.find((one) => one.drill === drill && one.mode === mode);
      return `  ${centre(cell, heads[index]?.length ?? 1, style)}`;
    });
    return `${clip(drill, labelWidth).padEnd(labelWidth)}${cells.join("")}`.trimEnd();
  });
  if (lines.length <= rows) return [title, ...lines];
  const running = drills.indexOf(state.cells[state.current ?? 0]?.drill ?? "");
  const first = Math.max(0, Math.min(running - Math.floor(rows / 2), lines.length - rows));
  const hidden = lines.length - rows;
  return [title, ...lines.slice(first, first + rows), style.dim(`… and ${hidden} more drills`)];
}

function centre(cell: CellView | undefined, width: number, style: Style): string {
  if (cell === undefined) return " ".repeat(width);
  const before = Math.floor((width - 1) / 2);
  return `${" ".repeat(before)}${stateStyle(cell.state, style)(marks[cell.state])}${" ".repeat(width - 1 - before)}`;
}

function stateStyle(state: CellView["state"], style: Style): (text: string) => string {
  const paints = {
    waiting: style.dim,
    running: style.accent,
    pass: style.good,
    fail: style.bad,
    unknown: style.warn,
    "not-run": style.dim,
  };
  return paints[state];
}

function runningLines(state: MatrixState, nowMs: number, width: number, style: Style): string[] {
  const cell = state.current === undefined ? undefined : state.cells[state.current];
  if (cell === undefined) return [];
  const name = `${cell.drill} on ${cell.mode}`;
  const head = `${style.bold(name)}${style.dim(clip(`  ${state.title}`, width - name.length))}`;
  return ["", head, ...bodyLines(state.run, nowMs, width, style)];
}

/** One finished cell in a line: `[ 3/64] pass     writer-kill on dledger: After killing …`. */
export function cellLine(
  event: {
    readonly index: number;
    readonly total: number;
    readonly drill: string;
    readonly mode: string;
    readonly state: CellView["state"];
    readonly sentence: string;
  },
  style: Style,
  width: number = Number.POSITIVE_INFINITY,
): string {
  const total = String(event.total);
  const count = `[${String(event.index + 1).padStart(total.length)}/${total}]`;
  const state = `${marks[event.state]} ${event.state.padEnd(7)}`;
  const name = `${event.drill} on ${event.mode}`;
  const room = width - count.length - state.length - name.length - 5;
  const sentence = room < 10 ? "" : style.dim(`: ${clip(event.sentence, room)}`);
  return `${style.dim(count)} ${stateStyle(event.state, style)(state)}  ${name}${sentence}`;
}

/** Everything that did not pass, with the reasons and where its report is; empty when all passed. */
export function renderTroubles(
  outcome: Pick<MatrixOutcome, "results" | "notRun">,
  folder: string,
  style: Style,
  width: number = Number.POSITIVE_INFINITY,
): string {
  const entry = (state: CellView["state"], name: string, texts: readonly string[]) =>
    [
      `${stateStyle(state, style)(`${marks[state]} ${state.padEnd(7)}`)}  ${style.bold(name)}`,
      ...texts.flatMap((text) => wrap(harmless(text), width - 11).map((line) => `           ${line}`)),
    ].join("\n");
  const judged = outcome.results
    .filter(({ verdict }) => verdict !== "pass")
    .map(({ verdict, run, reasons }) => {
      const report = `${folder}/${run.cluster.mode}/${run.drill}/report.html`;
      return entry(verdict, `${run.drill} on ${run.cluster.mode}`, [...reasons, report]);
    });
  const notRun = outcome.notRun.map(({ drill, mode, reason }) =>
    entry("not-run", `${drill} on ${mode}`, [reason]),
  );
  return [...judged, ...notRun].join("\n");
}
