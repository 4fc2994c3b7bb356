import { performance } from "node:perf_hooks";
import type { DrillEvent, DrillListener } from "@hotfire/drill";
import { createLogUpdate } from "log-update";
import type { Context } from "../../context.ts";
import { plainLines } from "../plain-lines.ts";
import type { Style } from "../style.ts";
import { renderRun } from "./run-panel.ts";
import { applyDrillEvent, noRun, type RunHead, type RunState } from "./run-state.ts";
import { timelineLine } from "./timeline.ts";
import { renderWholeRun } from "./whole-run.ts";

export interface RunView {
  readonly onEvent: DrillListener;
  /** Must be called however the run ends: it gives the cursor back. */
  end(): void;
}

/** Three ways to watch one run: drawn in place, plain lines, or a JSON object a line. */
export function showRun(context: Context, head: RunHead): RunView {
  if (context.json) return { onEvent: (event) => context.print(JSON.stringify(event)), end: () => {} };
  if (context.isLive) return new LiveRun(process.stderr, context.sayStyle, context.signal, head);
  return { onEvent: plainRun(context.say, context.sayStyle), end: () => {} };
}

/** One line an event that says something new. */
export function plainRun(write: (line: string) => void, style: Style): DrillListener {
  const engine = plainLines((line) => write(`${" ".repeat(13)}${"cluster".padEnd(7)}  ${line.trim()}`));
  return (event) => {
    if (event.type === "engine") return engine(event.event);
    const line = timelineLine(event, style);
    if (line !== undefined) write(line);
  };
}

const frameMs = 100;
/** What happened scrolls by above the picture; what the picture itself shows does not. */
const scrolling: ReadonlySet<DrillEvent["type"]> = new Set(["phase", "fault", "role", "note"]);

/** Draws a run in place, on a terminal; its record scrolls by above it. */
export class LiveRun implements RunView {
  readonly #draw: ReturnType<typeof createLogUpdate>;
  readonly #stream: NodeJS.WriteStream;
  readonly #style: Style;
  readonly #signal: AbortSignal;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  #state: RunState;

  constructor(stream: NodeJS.WriteStream, style: Style, signal: AbortSignal, head: RunHead) {
    this.#state = { ...noRun, head };
    this.#stream = stream;
    this.#style = style;
    this.#signal = signal;
    this.#draw = createLogUpdate(stream);
    this.#timer = setInterval(() => this.#redraw(), frameMs);
  }

  readonly onEvent = (event: DrillEvent): void => {
    // Everybody's first role is in the picture and no news.
    const isNews = event.type !== "role" || this.#state.brokers.has(event.node);
    this.#state = applyDrillEvent(this.#state, event, this.#nowMs());
    if (!isNews || !scrolling.has(event.type)) return;
    const line = timelineLine(event, this.#style, this.#width());
    if (line === undefined) return;
    this.#draw.persist(line);
    this.#redraw();
  };

  end(): void {
    clearInterval(this.#timer);
    const whole = renderWholeRun(this.#state, this.#width(), this.#style);
    // Where nothing was sent, how far it got is what there is to see.
    if (whole === "") this.#redraw();
    else this.#draw(`\n${whole}\n\n`);
    this.#draw.done();
  }

  #nowMs(): number {
    return performance.now() - this.#startedAt;
  }

  #width(): number {
    return this.#stream.columns || 80;
  }

  #redraw(): void {
    const picture = renderRun(this.#state, this.#nowMs(), this.#width(), this.#style);
    this.#draw(this.#signal.aborted ? `${picture}\n${stoppingText(this.#style)}` : picture);
  }
}

export function stoppingText(style: Style): string {
  const text = "Stopping and healing. Ctrl-C once more leaves the healing to the guardian.";
  return `\n${style.warn(text)}`;
}
