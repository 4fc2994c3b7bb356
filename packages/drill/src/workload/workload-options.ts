import type { OperationRecord } from "@hotfire/judge/history";
import type { RunClock } from "./clock.ts";

/** A send that failed or is in doubt is tried again, to the master that the route names by then. */
export interface SendRetry {
  /** Attempts after the first one. */
  readonly times: number;
  /** Pause before each of them. */
  readonly afterMs: number;
}

export interface WorkloadOptions {
  readonly clock: RunClock;
  readonly record: (record: OperationRecord) => void;
  /** `host:port` of each name server as this process dials it, fresh on each call: restarted containers move. */
  readonly namesrvs: () => readonly string[];
  /** `host:port` of a broker -> node name. */
  readonly brokerOf: (address: string) => string | undefined;
  readonly topic: string;
  readonly groups: readonly string[];
  readonly queuesPerGroup: number;
  readonly consumerGroup: string;
  /** Sends per second over all groups. */
  readonly rate: number;
  /** Size of a message's body, at least 1. */
  readonly messageBytes: number;
  /** Ordering keys over the run; 0 = none. */
  readonly keys: number;
  readonly sendTimeoutMs: number;
  /** What a failed attempt to send is followed by, as far as the send's time allows. Absent: nothing. */
  readonly retry?: SendRetry;
  readonly consume: boolean;
  /** False: consume only, an official client produces. */
  readonly produce: boolean;
  /** How long one pull may take. Default 1,000 ms. */
  readonly pullTimeoutMs?: number;
}

export interface GroupStats {
  acknowledged: number;
  failed: number;
  inDoubt: number;
  /** Messages delivered. */
  consumed: number;
}

/** Live counters; read them whenever you like. */
export interface WorkloadStats {
  /** Every group of the options is there from the start. */
  readonly groups: ReadonlyMap<string, Readonly<GroupStats>>;
  /** Sends without an outcome yet. */
  readonly inFlight: number;
  /** Sends begun so far: the next sequence. */
  readonly sent: number;
  /** 99th percentile of `sent - scheduled` of all sends so far; 0 before the first. */
  readonly schedulingErrorP99Micros: number;
}

export interface Workload {
  readonly stats: WorkloadStats;
  /**
   * Instead of the schedule, for `forMs`: so many sends of one group in flight, each followed by the next as soon as it has
   * an outcome. Resolves when the schedule goes on.
   */
  burst(group: string, options: { readonly concurrency: number; readonly forMs: number }): Promise<void>;
  /** No sends until `resumeSending`, with the schedule going on from there; resolves when every one in flight has an outcome. */
  pauseSending(): Promise<void>;
  resumeSending(): Promise<void>;
  /** No further sends; resolves when every one in flight has an outcome. */
  stopSending(): Promise<void>;
  /** Whether, within the deadline, the consumer has everything that the brokers hold. */
  drained(deadlineMs: number): Promise<boolean>;
  /** Ends everything; what is still in flight is recorded as in doubt. */
  stop(): Promise<void>;
}
