import type { DrillEvent, PhaseName } from "@hotfire/drill";
import { applyEvent, noProgress, type ProgressState } from "../progress-state.ts";
import { addRate, type GroupLoad, noLoad } from "./load.ts";

type EventOf<T extends DrillEvent["type"]> = Extract<DrillEvent, { readonly type: T }>;
type Role = EventOf<"role">["role"];

export interface FaultState {
  readonly id: string;
  readonly kind: string;
  readonly target: string;
  readonly nodes: readonly string[];
  /** When it was ordered, in microseconds on the run's clock: it may act before it is proven. */
  readonly from: number;
  /** When it was proven, on the view's clock. */
  readonly seenMs: number;
  readonly to: number | undefined;
}

export interface BrokerState {
  readonly group: string;
  readonly role: Role;
  readonly term: number | undefined;
}

/** Which drill runs where. */
export type RunHead = Pick<EventOf<"drill">, "drill" | "title" | "cluster" | "mode" | "seed">;

/** What a view shows of a run, at one moment. Times ending in Ms are the view's own clock. */
export interface RunState {
  readonly head: RunHead | undefined;
  readonly beganMs: number;
  /** When it should be over; undefined before that can be said. */
  readonly expectedEndMs: number | undefined;
  readonly phases: readonly {
    readonly name: PhaseName;
    /** Microseconds on the run's clock. */
    readonly at: number;
    readonly startedMs: number;
    readonly expectedMs: number;
  }[];
  readonly loads: ReadonlyMap<string, GroupLoad>;
  /** End of the newest bins, in microseconds on the run's clock. */
  readonly ratesAt: number;
  readonly brokers: ReadonlyMap<string, BrokerState>;
  /** Those that were injected, in order. */
  readonly faults: readonly FaultState[];
  /** Fault -> when it was ordered, in microseconds on the run's clock. */
  readonly ordered: ReadonlyMap<string, number>;
  /** The cluster coming up or going down. */
  readonly engine: ProgressState;
  /** When its clock started. */
  readonly engineStartedMs: number;
  readonly verdict: EventOf<"verdict"> | undefined;
}

export const noRun: RunState = {
  head: undefined,
  beganMs: 0,
  expectedEndMs: undefined,
  phases: [],
  loads: new Map(),
  ratesAt: 0,
  brokers: new Map(),
  faults: [],
  ordered: new Map(),
  engine: noProgress,
  engineStartedMs: 0,
  verdict: undefined,
};

export function applyDrillEvent(state: RunState, event: DrillEvent, nowMs: number): RunState {
  switch (event.type) {
    case "drill":
      return {
        ...state,
        head: event,
        expectedEndMs: nowMs + event.expectedMs,
        loads: new Map(event.groups.map((group) => [group, noLoad])),
      };
    case "engine":
      return {
        ...state,
        engine: applyEvent(state.engine, event.event),
        engineStartedMs: state.engine.steps.length === 0 ? nowMs - event.event.atMs : state.engineStartedMs,
      };
    case "phase": {
      const phase = { name: event.name, at: event.at, startedMs: nowMs, expectedMs: event.expectedMs };
      // What came up is up; the steps of going down start afresh.
      const engine = event.name === "prepare" ? state.engine : noProgress;
      const slip = slipOf(state, event, nowMs);
      const expectedEndMs = state.expectedEndMs === undefined ? undefined : state.expectedEndMs + slip;
      return { ...state, phases: [...state.phases, phase], engine, expectedEndMs };
    }
    case "fault":
      return applyFault(state, event, nowMs);
    case "role": {
      const { group, role, term } = event;
      return { ...state, brokers: new Map([...state.brokers, [event.node, { group, role, term }]]) };
    }
    case "rates": {
      const added = event.groups.map((rate): [string, GroupLoad] => [
        rate.group,
        addRate(state.loads.get(rate.group) ?? noLoad, rate, state.ratesAt, event.at),
      ]);
      return { ...state, loads: new Map([...state.loads, ...added]), ratesAt: event.at };
    }
    case "note":
      return state;
    case "verdict":
      return { ...state, verdict: event };
  }
}

const steps: ReadonlySet<string> = new Set(["fault", "recovery"]);

/** How much later than expected the phase ends that this one follows. A fault's expectation is that of all steps to come. */
function slipOf(state: RunState, next: EventOf<"phase">, nowMs: number): number {
  const last = state.phases.at(-1);
  if (last === undefined) return 0;
  const toCome = steps.has(last.name) && steps.has(next.name) ? next.expectedMs : 0;
  return nowMs - last.startedMs - (last.expectedMs - toCome);
}

function applyFault(state: RunState, event: EventOf<"fault">, nowMs: number): RunState {
  const { id, kind, target, nodes, at } = event;
  switch (event.state) {
    case "planned":
      return { ...state, ordered: new Map([...state.ordered, [id, at]]) };
    case "injected": {
      const from = state.ordered.get(id) ?? at;
      const fault = { id, kind, target, nodes, from, seenMs: nowMs, to: undefined };
      return { ...state, faults: [...state.faults, fault] };
    }
    case "healed": {
      const faults = state.faults.map((fault) =>
        fault.id === id && fault.to === undefined ? { ...fault, to: at } : fault,
      );
      return { ...state, faults };
    }
    case "error":
      return state;
  }
}

/** Milliseconds since it began, and how many more it should take; the latter is undefined before it is known. */
export function timesOf(
  state: RunState,
  nowMs: number,
): { readonly elapsedMs: number; readonly leftMs: number | undefined } {
  const elapsedMs = nowMs - state.beganMs;
  if (state.expectedEndMs === undefined) return { elapsedMs, leftMs: undefined };
  const phase = state.phases.at(-1);
  const phaseLeft = phase === undefined ? 0 : phase.startedMs + phase.expectedMs - nowMs;
  return { elapsedMs, leftMs: Math.max(0, phaseLeft, state.expectedEndMs - nowMs) };
}

/** When sending stopped, in microseconds on the run's clock. */
export function loadEnd(state: RunState): number {
  return state.phases.find(({ name }) => name === "drain")?.at ?? Number.POSITIVE_INFINITY;
}
