import type { ClusterSpec } from "../spec/cluster-spec.ts";
import { dataDirectory } from "./context.ts";

/** What a broker's wall clock is off by, in libfaketime's words (`-20`); read again every second, and none while it is not there. */
export const clockFile: string = `${dataDirectory}/clock-offset`;

/** In the broker's image, from Debian's package libfaketime. */
const library = "/opt/rocketmq/lib/libfaketime.so";

/**
 * Puts libfaketime between a broker's JVM and CLOCK_REALTIME, which no namespace of Linux keeps apart. The monotonic clock stays
 * the machine's, and so do waits: without FORCE_MONOTONIC_FIX=0 libfaketime 0.9.10 takes `pthread_cond_timedwait` for one on
 * the wall clock, and every timed `Object.wait` and `LockSupport.park` of a JVM returns at once.
 */
export function steppableClock(spec: ClusterSpec): Readonly<Record<string, string>> {
  if (spec.steppableClock === undefined) return {};
  return {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: clockFile,
    FAKETIME_CACHE_DURATION: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    FAKETIME_FORCE_MONOTONIC_FIX: "0",
  };
}
