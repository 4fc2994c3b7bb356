import type { ApplicationKind, KindLoad } from "@hotfire/judge/history";

/** What `--workload` takes: the plain load is always there, since gaps are measured by it. */
export const workloadKinds = ["plain", "fifo", "delay", "transaction", "batch", "large"] as const;
export type WorkloadKind = (typeof workloadKinds)[number];

/** Two, so that message groups share queues, and hardly any pulls are needed. */
const queuesPerGroup = 2;
const messageBytes = 128;
/** Tester and brokers share their host's clock; what is left is the time between two readings of it. */
const clockBound = 50_000;
/** Messages per second over all groups: what an application does beside its plain sends, and small beside those. */
const rates: Readonly<Record<ApplicationKind, number>> = {
  fifo: 80,
  delay: 20,
  transaction: 10,
  batch: 40,
  large: 0.5,
  pop: 30,
};

/** The loads of the kinds that were asked for, each with a topic beside the run's. */
export function kindLoads(kinds: readonly WorkloadKind[], topic: string): KindLoad[] {
  return [...new Set(kinds)].flatMap((kind) =>
    kind === "plain"
      ? []
      : [
          {
            kind,
            topic: `${topic}-${kind}`,
            queuesPerGroup,
            rate: rates[kind],
            messageBytes,
            clockBound,
          },
        ],
  );
}
