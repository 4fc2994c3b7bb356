import { z } from "zod";

/**
 * A moment or a duration in whole microseconds. Moments count from the run's clock origin (`header.clock`), on one
 * monotonic clock for everything in a history. A double holds them exactly for 285 years.
 */
export const micros = z.int().nonnegative();
export type Micros = number;

/** Microseconds since `originNs`; both readings of `process.hrtime.bigint()`. */
export function microsSince(originNs: bigint, nowNs: bigint): Micros {
  return Number((nowNs - originNs) / 1000n);
}
