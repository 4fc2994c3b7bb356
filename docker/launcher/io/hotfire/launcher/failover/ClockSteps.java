package io.hotfire.launcher.failover;

import io.hotfire.launcher.internals.DLedgerInternals;
import io.hotfire.launcher.internals.PrivateField;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A wall clock that is set back. DLedgerLeaderElector counts by it, so that a frozen leader was missed later by the step, a leader sent no heartbeats and
 * a candidate did not ask for that long. What was then in the future is now. A step forward looks to it like silence, which a round of votes ends.
 */
final class ClockSteps {
    /** Less is how a clock is slewed, and how late this looks. */
    private static final long STEP_MS = 50;
    private static final List<PrivateField<Long>> TIMES =
        List.of(DLedgerInternals.LEADER_HEARD_AT, DLedgerInternals.BEAT_SENT_AT, DLedgerInternals.MAJORITY_HEARD_AT);

    private final DLedgerLeaderElector elector;
    private long offset = offset();

    ClockSteps(DLedgerLeaderElector elector) {
        this.elector = elector;
    }

    private static long offset() {
        return System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** To be called every now and then, by one thread. */
    void look() {
        long step = offset() - offset;
        offset += step;
        if (step < -STEP_MS) {
            wasSetBack(-step);
        }
    }

    void wasSetBack(long millis) {
        System.out.println("hotfire: the clock was set back by " + millis + " ms");
        long now = System.currentTimeMillis();
        for (PrivateField<Long> time : TIMES) {
            if (time.get(elector) > now) {
                time.set(elector, now);
            }
        }
        DLedgerInternals.NEXT_VOTE_AT.set(elector, DLedgerInternals.NEXT_VOTE_AT.get(elector) - millis);
    }
}
