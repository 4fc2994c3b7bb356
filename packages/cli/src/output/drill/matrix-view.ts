import { performance } from "node:perf_hooks";
import type { MatrixEvent } from "@hotfire/drill";
import { createLogUpdate } from "log-update";
import type { Context } from "../../context.ts";
import { harmless, type Style } from "../style.ts";
import { cellLine, renderMatrix } from "./matrix-panel.ts";
import { applyMatrixEvent, type MatrixState } from "./matrix-state.ts";
import { stoppingText } from "./run-view.ts";

export interface MatrixView {
  readonly onEvent: (event: MatrixEvent) => void;
  /** Must be called however the matrix ends: it gives the cursor back. */
  end(): void;
}

/** Three ways to watch a matrix: a table that fills, a line a cell, or a JSON object a line. */
export function showMatrix(context: Context, state: MatrixState): MatrixView {
  if (context.json) return { onEvent: (event) => context.print(JSON.stringify(event)), end: () => {} };
  if (context.isLive) return new LiveMatrix(process.stderr, context.sayStyle, context.signal, state);
  const onEvent = (event: MatrixEvent) => {
    if (event.type === "cell" && event.state !== "running") {
      context.say(cellLine({ ...event, sentence: harmless(event.sentence) }, context.sayStyle));
    }
  };
  return { onEvent, end: () => {} };
}

const frameMs = 100;

class LiveMatrix implements MatrixView {
  readonly #draw: ReturnType<typeof createLogUpdate>;
  readonly #stream: NodeJS.WriteStream;
  readonly #style: Style;
  readonly #signal: AbortSignal;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  #state: MatrixState;

  constructor(stream: NodeJS.WriteStream, style: Style, signal: AbortSignal, state: MatrixState) {
    this.#stream = stream;
    this.#style = style;
    this.#signal = signal;
    this.#state = state;
    this.#draw = createLogUpdate(stream);
    this.#timer = setInterval(() => this.#redraw(), frameMs);
  }

  readonly onEvent = (event: MatrixEvent): void => {
    this.#state = applyMatrixEvent(this.#state, event, performance.now() - this.#startedAt);
    if (event.type !== "cell" || event.state === "running") return;
    const line = { ...event, sentence: harmless(event.sentence) };
    this.#draw.persist(cellLine(line, this.#style, this.#stream.columns || 80));
    this.#redraw();
  };

  end(): void {
    clearInterval(this.#timer);
    this.#state = { ...this.#state, current: undefined };
    this.#redraw();
    this.#draw.done();
  }

  #redraw(): void {
    const { columns, rows } = this.#stream;
    const size = { width: columns || 80, rows: rows || 24 };
    const picture = renderMatrix(this.#state, performance.now() - this.#startedAt, size, this.#style);
    this.#draw(this.#signal.aborted ? `${picture}\n${stoppingText(this.#style)}` : picture);
  }
}
