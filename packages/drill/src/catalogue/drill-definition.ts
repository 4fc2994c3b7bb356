import type { FaultAction } from "@hotfire/engine";
import type { Expectation } from "@hotfire/judge/history";
import type { ClusterSpec, Mode, PresetName } from "@hotfire/topology";
import type { SendRetry } from "../workload/workload-options.ts";

/**
 * What a fault hits, in roles, so that a drill fits every cluster of its modes. `first` and `second` are the cluster's
 * broker groups in order; `writer` is the broker that takes writes (master or leader), `replica` one of the others,
 * `replicas` all of them. Resolved when the fault is injected.
 */
export type TargetToken =
  | `${"first" | "second"}:${"writer" | "replica" | "replicas" | "all"}`
  | "broker:all"
  | "namesrv:first"
  | "namesrv:all"
  | "controller:leader"
  | "controller:replica"
  | "controller:all"
  | "proxy:all"
  /** Every name server, controller and broker. */
  | "cluster:all";

/** One step of a drill. The load goes on through all of them. */
export type Step =
  /**
   * Injects a fault. `as` names it for its healing. Of several targets those are hit that the cluster has: one without
   * controllers is hit in the others. `to`: the successor of a switchover is the node that this earlier fault hit.
   */
  | {
      readonly do: "inject";
      readonly as: string;
      readonly fault: FaultAction;
      readonly on: TargetToken | readonly TargetToken[];
      readonly to?: string;
    }
  | { readonly do: "heal"; readonly fault: string }
  | { readonly do: "hold"; readonly forMs: number }
  /**
   * In modes that promote a replica: until sends to the group have succeeded again for `steadyMs` (default 2 s), or
   * `atMostMs` have passed, a fact for the judge either way. In the others: for `holdMs`.
   */
  | {
      readonly do: "until-writable";
      readonly group: "first" | "second";
      readonly atMostMs: number;
      readonly holdMs: number;
      readonly steadyMs?: number;
    }
  /** No message is sent from here on, and none is on its way; own client only. Consumers go on asking. */
  | { readonly do: "pause-sending" }
  | { readonly do: "resume-sending" }
  /** Until every broker is registered in its role again; passing the time limit ends the run, unless it goes on as it is. */
  | { readonly do: "until-ready"; readonly atMostMs: number; readonly goOn?: true }
  /** Stops, starts and awaits one broker after another, replicas first, writers last. */
  | { readonly do: "roll"; readonly as: string }
  /** Each group in turn, `rounds` times, is sent as much as it takes with so many sends in flight. */
  | {
      readonly do: "bursts";
      readonly rounds: number;
      readonly forMs: number;
      readonly concurrency: number;
    }
  /** Random faults from the catalogue of this mode, by the run's seed. */
  | { readonly do: "chaos"; readonly forMs: number; readonly overlapping: boolean };

/** What the drill's own cluster must have beyond its preset; a cluster that is already up is checked for it. */
export interface ClusterNeeds {
  /** Instead of the preset's groups. */
  readonly groups?: readonly {
    readonly name: string;
    readonly replication?: "async" | "sync";
  }[];
  readonly whenSlaveIsGone?: ClusterSpec["whenSlaveIsGone"];
  readonly properties?: Readonly<Record<string, string>>;
  readonly electUncleanMaster?: boolean;
  /** Limit of every broker's store, e.g. `1g`. */
  readonly storeLimit?: string;
  readonly steppableClock?: true;
  readonly proxy?: true;
}

/** Differences from the standard workload. */
export interface WorkloadNeeds {
  /** Sends per second over all groups. */
  readonly rate?: number;
  readonly messageBytes?: number;
  /** A send that fails is tried again; own client only. */
  readonly retry?: SendRetry;
  /** The official client that sends and consumes instead of our own, for a drill of what that one has. */
  readonly client?: "node-proxy";
  /**
   * An official client that consumes instead of our own. It takes somewhat less than is sent: one that keeps up leaves
   * nothing at the brokers, and its way to another broker could not be seen.
   */
  readonly consumer?: "java";
}

/** One drill, as data: what is broken when, on which modes, and what each mode is expected to do. */
export interface DrillDefinition {
  readonly name: string;
  /** In a sentence, without a full stop. */
  readonly title: string;
  /** What to expect and why, for docs/reference/drill-catalogue.md. */
  readonly about: string;
  /** Preset of its own cluster. */
  readonly preset: PresetName;
  readonly needs?: ClusterNeeds;
  readonly workload?: WorkloadNeeds;
  readonly steps: readonly Step[];
  /** Modes that it runs on, each with its expectation. */
  readonly expect: Readonly<Partial<Record<Mode, Expectation>>>;
  /** Whether `drill matrix` has it: its column, or false. */
  readonly matrix: string | false;
}
