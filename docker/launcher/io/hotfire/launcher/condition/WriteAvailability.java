package io.hotfire.launcher.condition;

import java.util.function.LongSupplier;

/** Whether this broker takes writes, why not, and when it last ceased to. */
final class WriteAvailability {
    /** Why a broker takes no writes. The words are part of what `hotfire status` reads (packages/remoting, requests/broker-condition.ts). */
    enum Reason { CANDIDATE, FOLLOWER, CATCHING_UP, SLAVE, DISK_FULL, READ_ONLY, FENCED, TOO_FEW_REPLICAS, OUT_OF_MEMORY }

    private final LongSupplier clock;
    private boolean tookWrites;
    /** Milliseconds since 1970; 0: this process never took any, or takes them. */
    private long ceasedAt;

    /** @param clock milliseconds since 1970 */
    WriteAvailability(LongSupplier clock) {
        this.clock = clock;
    }

    /** @param why null: it takes writes */
    synchronized void is(Reason why) {
        if (why == null) {
            ceasedAt = 0;
        } else if (tookWrites) {
            ceasedAt = clock.getAsLong();
        }
        tookWrites = why == null;
    }

    synchronized long ceasedAt() {
        return ceasedAt;
    }
}
