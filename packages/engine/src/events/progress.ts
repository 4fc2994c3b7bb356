import { messageOf } from "@hotfire/base";
import type { EventListener, StepName } from "./engine-event.ts";

export interface Step {
  progress(message: string, counted?: { done: number; total: number }): void;
}

/** What a step resolves to: its summary line, and `skipped` when there was nothing to do. */
export interface StepResult<T> {
  readonly value: T;
  readonly summary: string;
  readonly skipped?: boolean;
}

/** Reports an operation's events with times relative to its beginning. */
export class Progress {
  readonly #listener: EventListener | undefined;
  readonly #startedAt = performance.now();

  constructor(listener: EventListener | undefined) {
    this.#listener = listener;
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** Runs one step; its end is reported whether it succeeds or throws. */
  async step<T>(step: StepName, title: string, run: (step: Step) => Promise<StepResult<T>>): Promise<T> {
    const from = performance.now();
    this.#listener?.({ type: "step-started", step, title, atMs: this.#now() });
    const finished = (outcome: "done" | "skipped" | "failed", summary: string) =>
      this.#listener?.({
        type: "step-finished",
        step,
        outcome,
        summary,
        tookMs: Math.round(performance.now() - from),
        atMs: this.#now(),
      });
    try {
      const result = await run({
        progress: (message, counted) =>
          this.#listener?.({ type: "step-progress", step, message, ...counted, atMs: this.#now() }),
      });
      finished(result.skipped === true ? "skipped" : "done", result.summary);
      return result.value;
    } catch (error) {
      finished("failed", reasonOf(error));
      throw error;
    }
  }

  node(node: string, state: string): void {
    this.#listener?.({ type: "node", node, state, atMs: this.#now() });
  }

  note(level: "info" | "warning", message: string, more: { code?: string; hint?: string } = {}): void {
    this.#listener?.({ type: "note", level, message, ...more, atMs: this.#now() });
  }

  #now(): number {
    return Math.round(performance.now() - this.#startedAt);
  }
}

/** What Node says of an aborted wait is the same whoever aborted it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || error.name !== "AbortError") return messageOf(error);
  const isDeadline = error.cause instanceof Error && error.cause.name === "TimeoutError";
  return isDeadline ? "the deadline passed" : "interrupted";
}
