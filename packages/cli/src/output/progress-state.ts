import type { EngineEvent, StepName, StepOutcome } from "@hotfire/engine";

export interface StepState {
  readonly step: StepName;
  readonly title: string;
  readonly startedAtMs: number;
  readonly outcome: StepOutcome | "running";
  readonly tookMs: number | undefined;
  /** The summary once finished, the latest progress before. */
  readonly detail: string;
  readonly counted: { readonly done: number; readonly total: number } | undefined;
}

/** What a progress view shows: an operation's steps, its nodes and what there is to say about them. */
export interface ProgressState {
  readonly steps: readonly StepState[];
  readonly nodes: ReadonlyMap<string, string>;
  readonly notes: readonly {
    readonly level: "info" | "warning";
    readonly message: string;
    readonly hint?: string;
  }[];
}

export const noProgress: ProgressState = { steps: [], nodes: new Map(), notes: [] };

export function applyEvent(state: ProgressState, event: EngineEvent): ProgressState {
  switch (event.type) {
    case "step-started": {
      const step = {
        step: event.step,
        title: event.title,
        startedAtMs: event.atMs,
        outcome: "running" as const,
        tookMs: undefined,
        detail: "",
        counted: undefined,
      };
      return { ...state, steps: [...state.steps, step] };
    }
    case "step-progress": {
      const counted =
        event.done === undefined || event.total === undefined
          ? undefined
          : { done: event.done, total: event.total };
      return changeLast(state, event.step, { detail: event.message, counted });
    }
    case "step-finished":
      return changeLast(state, event.step, {
        outcome: event.outcome,
        tookMs: event.tookMs,
        detail: event.summary,
      });
    case "node":
      return { ...state, nodes: new Map([...state.nodes, [event.node, event.state]]) };
    case "note": {
      const { level, message, hint } = event;
      return {
        ...state,
        notes: [...state.notes, hint === undefined ? { level, message } : { level, message, hint }],
      };
    }
  }
}

function changeLast(state: ProgressState, name: StepName, change: Partial<StepState>): ProgressState {
  const index = state.steps.findLastIndex(({ step, outcome }) => step === name && outcome === "running");
  return { ...state, steps: state.steps.map((step, at) => (at === index ? { ...step, ...change } : step)) };
}
