import type { EngineEvent } from "@hotfire/engine";
import type { Micros, ObservedRole } from "@hotfire/judge/history";
import type { DrillResult } from "@hotfire/judge/result";

/** Phases of a run, in this order; `fault` and `recovery` may come several times. */
export const phases = [
  "prepare",
  "warm-up",
  "baseline",
  "fault",
  "recovery",
  "settle",
  "drain",
  "read-back",
  "judge",
  "restore",
] as const;
export type PhaseName = (typeof phases)[number];

/** Operations of one broker group since the event before. */
export interface GroupRate {
  readonly group: string;
  readonly acknowledged: number;
  readonly failed: number;
  readonly inDoubt: number;
  /** Messages delivered. */
  readonly consumed: number;
}

/**
 * What a run reports while it runs. `at` counts microseconds from the run's clock origin, which is the start of the load;
 * events before it (the cluster coming up) carry 0.
 */
export type DrillEvent =
  | {
      readonly type: "drill";
      readonly at: Micros;
      readonly drill: string;
      readonly title: string;
      readonly cluster: string;
      readonly mode: string;
      readonly groups: readonly string[];
      readonly seed: number;
      readonly folder: string;
      /** How long the run should take from here, in milliseconds; an estimate. */
      readonly expectedMs: number;
    }
  /** The drill's own cluster coming up or going down. */
  | { readonly type: "engine"; readonly event: EngineEvent }
  | { readonly type: "phase"; readonly at: Micros; readonly name: PhaseName; readonly expectedMs: number }
  | {
      readonly type: "fault";
      readonly at: Micros;
      readonly state: "planned" | "injected" | "healed" | "error";
      readonly id: string;
      readonly kind: string;
      /** `broker-a:leader` */
      readonly target: string;
      readonly nodes: readonly string[];
      /** Proof or error. */
      readonly seen: string;
    }
  | {
      readonly type: "role";
      readonly at: Micros;
      readonly group: string;
      readonly node: string;
      readonly role: ObservedRole;
      readonly term: number | undefined;
    }
  /** Four times a second while the load runs. */
  | { readonly type: "rates"; readonly at: Micros; readonly groups: readonly GroupRate[] }
  | {
      readonly type: "note";
      readonly at: Micros;
      readonly level: "info" | "warning";
      readonly message: string;
    }
  | {
      readonly type: "verdict";
      readonly at: Micros;
      readonly verdict: DrillResult["verdict"];
      readonly sentence: string;
      readonly reasons: readonly string[];
      readonly folder: string;
    };

export type DrillListener = (event: DrillEvent) => void;
