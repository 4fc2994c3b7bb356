package io.hotfire.launcher.failover;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The first seconds with a leader, of it and behind it, are full of stalls that do not come again: more is borne until none came for a while. On a machine
 * that stalls they last: a user's first cluster, beside other work, lost its leader 7 s after the election, for 507 ms without a heartbeat.
 */
final class NewLeaderGrace {
    /** So long without a stall. */
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** A machine that stalls on and on is as it is: what it is used to is measured from then on. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final LongSupplier nanos;
    private final long stallMs;
    private volatile long endAt;
    private volatile long endBy;

    /** @param stallMs a pause that counts */
    NewLeaderGrace(LongSupplier nanos, long stallMs) {
        this.nanos = nanos;
        this.stallMs = stallMs;
        endAt = nanos.getAsLong();
        endBy = endAt;
    }

    /** With a leader, this broker or another one. */
    void begin() {
        long now = nanos.getAsLong();
        endAt = now + CALM_NANOS;
        endBy = now + LONGEST_NANOS;
    }

    void paused(long millis) {
        if (!isOver() && millis > stallMs) {
            long later = nanos.getAsLong() + CALM_NANOS;
            endAt = later - endBy < 0 ? later : endBy;
        }
    }

    boolean isOver() {
        return nanos.getAsLong() - endAt >= 0;
    }
}
