import type { Micros } from "@hotfire/judge/history";
import type { RemotingClient } from "@hotfire/remoting";
import type { RunClock } from "../workload/clock.ts";
import type { ChangeLog, Look } from "./change-log.ts";
import type { ClusterMap } from "./cluster-map.ts";
import { Eagerness } from "./eagerness.ts";

/** What all watches of a cluster share. */
export class WatchContext {
  readonly clock: RunClock;
  readonly map: ClusterMap;
  readonly remoting: RemotingClient;
  readonly eagerness: Eagerness;
  /** How long a node may take to answer. */
  readonly deadlineMs = 1000;
  readonly #log: ChangeLog;

  constructor(
    clock: RunClock,
    map: ClusterMap,
    remoting: RemotingClient,
    log: ChangeLog,
    intervalMs: number,
  ) {
    this.clock = clock;
    this.map = map;
    this.remoting = remoting;
    this.#log = log;
    this.eagerness = new Eagerness(intervalMs);
  }

  look(seen: Look, askedAt: Micros, now: Micros = this.clock.now()): void {
    if (this.#log.look(seen, askedAt, now)) this.eagerness.raise();
  }
}
