import { type Micros, microsSince } from "@hotfire/judge/history";

/** The one clock of a run: moment 0 is its start, and everything in a history counts from there. */
export interface RunClock {
  /** Reading of `process.hrtime.bigint()` at moment 0. */
  readonly originNs: bigint;
  /** Wall-clock time of moment 0. */
  readonly wallOrigin: Date;
  now(): Micros;
  /** A wall-clock time (a log line's, an engine event's) on the run's clock; what lies before moment 0 is 0. */
  toMicros(date: Date): Micros;
}

export function startClock(): RunClock {
  const originNs = process.hrtime.bigint();
  const wallOrigin = new Date();
  return {
    originNs,
    wallOrigin,
    now: () => microsSince(originNs, process.hrtime.bigint()),
    toMicros: (date) => Math.max(0, Math.round((date.getTime() - wallOrigin.getTime()) * 1000)),
  };
}
