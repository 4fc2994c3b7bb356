import { setTimeout as sleep } from "node:timers/promises";
import type { DockerClient } from "@hotfire/engine";
import type { AuthorityRecord, ReadBackDoneRecord, ReadBackRecord } from "@hotfire/judge/history";
import { createRemotingClient, type RemotingClient } from "@hotfire/remoting";
import type { RunClock } from "../workload/clock.ts";
import { authoritiesOf, isAgreed, queueIds } from "./agreement.ts";
import { readQueue } from "./read-queue.ts";
import { lookAtReplicas, type Replica, type ReplicaSource } from "./replica.ts";
import { routedMasters } from "./routed-masters.ts";

export interface ReadBackOptions {
  readonly docker: DockerClient;
  /** Hotfire's name of the cluster. */
  readonly cluster: string;
  readonly clock: RunClock;
  readonly record: (record: AuthorityRecord | ReadBackRecord | ReadBackDoneRecord) => void;
  readonly topic: string;
  /** How long replicas may take to agree on their queues' ends before they are read as they are. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

const pollMs = 200;

/**
 * Reads every queue of every replica from its min to its max offset, once the replicas agree on those or the deadline has
 * passed. A replica that cannot be read has a `read-back-done` with the reason for each queue; so has an aborted reading.
 * Throws CLUSTER_NOT_FOUND.
 */
export async function readBack(options: ReadBackOptions): Promise<void> {
  const { docker, cluster, topic } = options;
  await using remoting = createRemotingClient({ connectTimeoutMs: 1000 });
  const replicas = await settle({ docker, remoting, cluster, topic }, options);
  const queues = queueIds(replicas);
  const authorities = authoritiesOf(replicas, await routedMasters({ docker, remoting, cluster, topic }));
  for (const authority of authorities)
    options.record({ type: "authority", at: options.clock.now(), ...authority });
  const authoritative = new Map(authorities.map(({ group, node }) => [group, node]));
  await Promise.all(
    replicas.flatMap((replica) =>
      queues.map((queue) =>
        readReplicaQueue(
          options,
          remoting,
          replica,
          queue,
          authoritative.get(replica.group) === replica.node,
        ),
      ),
    ),
  );
}

async function settle(source: ReplicaSource, { deadlineMs, signal }: ReadBackOptions): Promise<Replica[]> {
  const until = performance.now() + deadlineMs;
  for (;;) {
    const replicas = await lookAtReplicas(source);
    if (isAgreed(replicas) || performance.now() >= until || signal?.aborted === true) return replicas;
    await sleep(pollMs);
  }
}

async function readReplicaQueue(
  { clock, record, topic, signal }: ReadBackOptions,
  remoting: RemotingClient,
  { group, node, address, queues, problem }: Replica,
  queue: number,
  authoritative: boolean,
): Promise<void> {
  const place = () => ({ at: clock.now(), group, node, authoritative, topic, queue });
  const done = (from: number, to: number, error: string | undefined) =>
    record({ type: "read-back-done", ...place(), from, to, ...(error === undefined ? {} : { error }) });
  if (address === undefined || queues === undefined) return done(0, 0, problem ?? "it could not be asked");
  const ends = queues.get(queue) ?? { from: 0, to: 0 };
  const emit = (messages: ReadBackRecord["messages"]) => record({ type: "read-back", ...place(), messages });
  const error = await readQueue({ remoting, address, topic, queue, ...ends, emit, signal });
  done(ends.from, ends.to, error);
}
