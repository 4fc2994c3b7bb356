import type { DockerClient } from "@hotfire/engine";
import type { Micros, OperationRecord } from "@hotfire/judge/history";

/** `java`: by name server, in a container on the cluster's network. `node-proxy`: gRPC, in a child process. */
export const officialClientKinds = ["java", "node-proxy"] as const;
export type OfficialClientKind = (typeof officialClientKinds)[number];

/**
 * `stock`: as RocketMQ's client comes. `quick`: as docs/explanation/failover.md advises; Java only, what a client of the proxy sees is decided by the
 * proxy.
 */
export type ClientSettings = "stock" | "quick";

export interface OfficialClientOptions {
  readonly kind: OfficialClientKind;
  /** Default `stock`. */
  readonly settings?: ClientSettings;
  readonly docker: DockerClient;
  readonly cluster: string;
  /** The run's clock; a moment is microseconds of CLOCK_MONOTONIC since `originNs`. */
  readonly clock: { readonly originNs: bigint; now(): Micros };
  readonly record: (record: OperationRecord) => void;
  /** "ip:port" -> node name, for `broker` in the records. */
  readonly brokerOf?: (address: string) => string | undefined;
  /** Must exist on every group, and so must `consumerGroup`. */
  readonly topic: string;
  readonly groups: readonly string[];
  readonly consumerGroup: string;
  /** Sends per second over all groups. */
  readonly rate: number;
  readonly messageBytes: number;
  readonly produce: boolean;
  readonly consume: boolean;
  /**
   * Messages per second that it consumes at most, over all groups, until `drained` is called; Java only. An application
   * at its limit: with less than `rate`, messages always wait at the brokers, so that it shows when nobody serves them.
   */
  readonly consumeRate?: number;
  /** Ends the client at once; what was in flight gets no record. */
  readonly signal?: AbortSignal | undefined;
  /** With the Java client in it. Default: the image of the cluster's brokers. */
  readonly image?: string;
}

export interface OfficialClientStats {
  readonly groups: ReadonlyMap<
    string,
    {
      readonly acknowledged: number;
      readonly failed: number;
      readonly inDoubt: number;
      readonly consumed: number;
    }
  >;
}

export interface OfficialClient {
  /**
   * Resolves when it sends and was given a message of every group, which takes somebody who sends; rejects when it dies
   * or is late (60 s).
   */
  readonly ready: Promise<void>;
  /** Rejects with CLIENT_DIED when the program ends unasked; resolves after `stop`. */
  readonly ended: Promise<void>;
  readonly stats: OfficialClientStats;
  readonly kind: OfficialClientKind;
  /** Resolves when every send has an outcome, with the number of sends that the client itself counted. */
  stopSending(): Promise<number>;
  /** Whether its consumer has everything that the brokers hold, within the deadline. */
  drained(deadlineMs: number): Promise<boolean>;
  /** Ends the program, by force when it takes long, and leaves nothing behind. Never rejects for a dead program. */
  stop(): Promise<void>;
}
