package io.hotfire.launcher.polling;

import io.openmessaging.storage.dledger.utils.ResettableCountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a polling thread waits on. While something is going on it waits as long as it is told; at rest longer, until the latch or any
 * activity wakes it. For one thread.
 */
final class IdleLatch extends ResettableCountDownLatch {
    /** What a check that nothing wakes can come too late; those of DLedger look at intervals of 1 s and more. */
    private static final long PATIENCE_MILLIS = 25;

    private final Activity activity;
    private volatile boolean patient;

    IdleLatch(Activity activity) {
        super(1);
        this.activity = activity;
    }

    @Override
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        // Announced before the look: whoever reports activity later than the look sees the announcement.
        patient = true;
        try {
            if (activity.isLate()) {
                return super.await(Math.max(PATIENCE_MILLIS, unit.toMillis(timeout)), TimeUnit.MILLISECONDS);
            }
        } finally {
            patient = false;
        }
        return super.await(timeout, unit);
    }

    @Override
    public void countDown() {
        activity.happened();
        super.countDown();
    }

    void wakeIfPatient() {
        if (patient) {
            super.countDown();
        }
    }
}
