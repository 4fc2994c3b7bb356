package io.hotfire.launcher.polling;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Whether something happened lately; whoever waits patiently is woken when it does. */
final class Activity {
    /** Replication of one message is over long before, and a steady trickle never counts as rest. */
    private static final long LATELY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<IdleLatch> latches = new CopyOnWriteArrayList<>();
    private volatile long last = System.nanoTime();

    IdleLatch newLatch() {
        IdleLatch latch = new IdleLatch(this);
        latches.add(latch);
        return latch;
    }

    /** Called for each message and each push: a volatile write, and something to do only after a rest. */
    void happened() {
        last = System.nanoTime();
        for (IdleLatch latch : latches) {
            latch.wakeIfPatient();
        }
    }

    boolean isLate() {
        return System.nanoTime() - last > LATELY_NANOS;
    }
}
