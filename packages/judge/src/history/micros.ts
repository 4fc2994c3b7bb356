import { z } from "zod";
import { bounds } from "./bounds.ts";

/**
 * A moment or a duration in whole microseconds. Moments count from the run's clock origin (`header.clock`), on one
 * monotonic clock for everything in a history, and reach for 31 days.
 */
export const micros = z.int().nonnegative().max(bounds.moment);
export type Micros = number;

/** Microseconds since `originNs`; both readings of `process.hrtime.bigint()`. */
export function microsSince(originNs: bigint, nowNs: bigint): Micros {
  return Number((nowNs - originNs) / 1000n);
}
