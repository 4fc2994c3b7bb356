import type { CellState, MatrixEvent } from "@hotfire/drill";
import { applyDrillEvent, noRun, type RunState } from "./run-state.ts";

export interface CellView {
  readonly drill: string;
  readonly mode: string;
  readonly state: CellState | "waiting";
}

/** What a view shows of a matrix: every cell, and the run of the current one. */
export interface MatrixState {
  readonly seed: number;
  /** Rows and columns of the table, in order. */
  readonly drills: readonly string[];
  readonly modes: readonly string[];
  readonly cells: readonly CellView[];
  readonly current: number | undefined;
  /** What happens in the current one. */
  readonly title: string;
  readonly run: RunState;
}

/** `order` is that of all drills there are; cells come mode by mode. */
export function newMatrix(
  cells: readonly { readonly drill: { readonly name: string }; readonly mode: string }[],
  order: readonly string[],
  seed: number,
): MatrixState {
  return {
    seed,
    drills: order.filter((name) => cells.some(({ drill }) => drill.name === name)),
    modes: [...new Set(cells.map(({ mode }) => mode))],
    cells: cells.map(({ drill, mode }) => ({ drill: drill.name, mode, state: "waiting" })),
    current: undefined,
    title: "",
    run: noRun,
  };
}

export function applyMatrixEvent(state: MatrixState, event: MatrixEvent, nowMs: number): MatrixState {
  if (event.type === "drill-event") return { ...state, run: applyDrillEvent(state.run, event.event, nowMs) };
  const cells = state.cells.map((cell, index) =>
    index === event.index ? { ...cell, state: event.state } : cell,
  );
  if (event.state !== "running") return { ...state, cells };
  return {
    ...state,
    cells,
    current: event.index,
    title: event.sentence,
    run: { ...noRun, beganMs: nowMs },
  };
}

export type Tally = Readonly<Record<CellView["state"], number>>;

export function tally(cells: readonly CellView[]): Tally {
  const counts = { waiting: 0, running: 0, pass: 0, fail: 0, unknown: 0, "not-run": 0 };
  for (const { state } of cells) counts[state] += 1;
  return counts;
}
