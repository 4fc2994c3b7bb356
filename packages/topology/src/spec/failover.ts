import type { ClusterSpec } from "./cluster-spec.ts";
import type { Mode } from "./modes.ts";

export const failoverProfiles = ["stock", "fast", "aggressive"] as const;

export type FailoverProfile = (typeof failoverProfiles)[number];

/** Of a spec that says nothing. */
export const defaultFailover: FailoverProfile = "fast";

/** Milliseconds between a writer's heartbeats, and the silence after which it is replaced. */
export interface FailoverTimers {
  readonly heartbeatMs: number;
  readonly silenceMs: number;
}

/** The modes that replace a writer. */
export type FailoverMode = Extract<Mode, "dledger" | "controller">;

/** Chosen by measurement, docs/explanation/failover.md: the shortest without a false election under load and with a tenth of a core. */
const timers: Readonly<Record<FailoverMode, Readonly<Record<"fast" | "aggressive", FailoverTimers>>>> = {
  dledger: {
    fast: { heartbeatMs: 100, silenceMs: 500 },
    aggressive: { heartbeatMs: 50, silenceMs: 200 },
  },
  controller: {
    fast: { heartbeatMs: 300, silenceMs: 1500 },
    aggressive: { heartbeatMs: 200, silenceMs: 800 },
  },
};

export function replacesWriters(mode: Mode): mode is FailoverMode {
  return mode === "dledger" || mode === "controller";
}

/** Whether the spec wants exactly RocketMQ's failover. */
export function isStockFailover({ failover }: Pick<ClusterSpec, "failover">): boolean {
  return failover === "stock";
}

/**
 * The timers of the controllers' own group, which replaces its leader as a DLedger group of brokers does, so they are that one's, measured there; undefined where they stay
 * RocketMQ's. A spec's own timers are the writers', and leave the controllers with those of fast.
 */
export function controllersTimers({
  mode,
  failover,
}: Pick<ClusterSpec, "mode" | "failover">): FailoverTimers | undefined {
  if (mode !== "controller" || failover === undefined || failover === "stock") return undefined;
  return timers.dledger[failover === "aggressive" ? "aggressive" : "fast"];
}

/** The timers that a spec asks for; undefined where every timer stays RocketMQ's. */
export function failoverTimers({
  mode,
  failover,
}: Pick<ClusterSpec, "mode" | "failover">): FailoverTimers | undefined {
  if (!replacesWriters(mode) || failover === undefined || failover === "stock") return undefined;
  return typeof failover === "string" ? timers[mode][failover] : failover;
}
