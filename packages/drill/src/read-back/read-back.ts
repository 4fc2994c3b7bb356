import type { DockerClient } from "@hotfire/engine";
import type { ReadBackDoneRecord, ReadBackRecord } from "../history/read-back-records.ts";
import type { RunClock } from "../workload/clock.ts";

export interface ReadBackOptions {
  readonly docker: DockerClient;
  /** Hotfire's name of the cluster. */
  readonly cluster: string;
  readonly clock: RunClock;
  readonly record: (record: ReadBackRecord | ReadBackDoneRecord) => void;
  readonly topic: string;
  /** How long replicas may take to agree on their queues' ends before they are read as they are. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

/** Reads every queue of every replica from its min to its max offset. */
export function readBack(options: ReadBackOptions): Promise<void> {
  throw new Error(`no read-back of ${options.topic} yet`);
}
