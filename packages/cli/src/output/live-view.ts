import { performance } from "node:perf_hooks";
import type { EngineEvent } from "@hotfire/engine";
import { createLogUpdate } from "log-update";
import { formatSeconds } from "./format.ts";
import { applyEvent, noProgress, type ProgressState, type StepState } from "./progress-state.ts";
import { clip, harmless, type Style, widthOf } from "./style.ts";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const frameMs = 80;
/** So that the columns stay where they are when a longer title comes. */
const usualTitle = 34;
const doneNodeStates = new Set(["registered", "ready", "stopped"]);

/** Draws an operation's progress in place, on a terminal. */
export class LiveView {
  readonly #draw: ReturnType<typeof createLogUpdate>;
  readonly #style: Style;
  readonly #stream: NodeJS.WriteStream;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  #state = noProgress;

  constructor(stream: NodeJS.WriteStream, style: Style) {
    this.#stream = stream;
    this.#style = style;
    this.#draw = createLogUpdate(stream);
    this.#timer = setInterval(() => this.#redraw(), frameMs);
  }

  readonly onEvent = (event: EngineEvent): void => {
    this.#state = applyEvent(this.#state, event);
    this.#redraw();
  };

  /** Draws the last state and leaves it on the screen, the cursor below it. */
  end(): void {
    clearInterval(this.#timer);
    this.#redraw();
    this.#draw.done();
  }

  #redraw(): void {
    const width = this.#stream.columns || 80;
    this.#draw(renderProgress(this.#state, performance.now() - this.#startedAt, width, this.#style));
  }
}

/** The picture at one moment; lines are never wider than the terminal. */
export function renderProgress(state: ProgressState, nowMs: number, width: number, style: Style): string {
  const titles = Math.max(usualTitle, ...state.steps.map(({ title }) => title.length));
  const lines = state.steps.map((step) => {
    const took = formatSeconds(step.tookMs ?? nowMs - step.startedAtMs).padStart(8);
    const head = `${mark(step, nowMs, style)} ${step.title.padEnd(titles)} ${style.dim(took)}`;
    const room = width - widthOf(head) - 3;
    const count =
      step.counted && step.outcome === "running" ? `${step.counted.done}/${step.counted.total} ` : "";
    const detail = clip(harmless(`${count}${step.detail}`), room);
    return room < 8 || detail === ""
      ? head
      : `${head}  ${step.outcome === "failed" ? style.bad(detail) : style.dim(detail)}`;
  });
  if (state.nodes.size > 0) lines.push(...nodeLines(state.nodes, width, style));
  for (const note of state.notes) {
    const label = note.level === "warning" ? style.warn("!") : style.accent("i");
    lines.push(`${label} ${clip(note.message, width - 3)}`);
    if (note.hint !== undefined) lines.push(`  ${style.dim(clip(note.hint, width - 3))}`);
  }
  return lines.join("\n");
}

function mark(step: StepState, nowMs: number, style: Style): string {
  if (step.outcome === "done") return style.good("✔");
  if (step.outcome === "skipped") return style.dim("–");
  if (step.outcome === "failed") return style.bad("✖");
  return style.accent(frames[Math.floor(nowMs / frameMs) % frames.length] ?? "…");
}

/** Nodes in as many lines as they need: `● namesrv-0 registered   ○ broker-a-0 started`. */
function nodeLines(nodes: ReadonlyMap<string, string>, width: number, style: Style): string[] {
  const cells = [...nodes].map(([node, state]) => ({ text: `${node} ${state}`, node, state }));
  const cellWidth = Math.max(...cells.map(({ text }) => text.length)) + 5;
  const perLine = Math.max(1, Math.floor((width - 3) / cellWidth));
  const lines: string[] = [];
  for (let at = 0; at < cells.length; at += perLine) {
    const row = cells.slice(at, at + perLine).map(({ text, node, state }) => {
      const dot = doneNodeStates.has(state) ? style.good("●") : style.dim("○");
      return `${dot} ${node} ${style.dim(state)}${" ".repeat(Math.max(0, cellWidth - 2 - text.length))}`;
    });
    lines.push(`  ${row.join("").trimEnd()}`);
  }
  return lines;
}
