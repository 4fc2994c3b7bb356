package io.hotfire.launcher.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When the first seconds with a leader are over, by a clock of the test. */
class NewLeaderGraceTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3));
    private final NewLeaderGrace first = new NewLeaderGrace(now::get, 250);

    private void after(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void onACalmMachineTheyAreFive() {
        assertTrue(first.isOver(), "before there is a leader");
        first.begin();
        after(4_900);
        first.paused(100);
        assertFalse(first.isOver());
        after(100);
        assertTrue(first.isOver());
        first.paused(5_000);
        assertTrue(first.isOver(), "a later stall begins none");
    }

    @Test
    void theyLastUntilItHasNotStalledForFive() {
        first.begin();
        after(4_000);
        first.paused(300);
        after(4_000);
        first.paused(300);
        after(4_900);
        assertFalse(first.isOver(), "13 s after the election");
        after(100);
        assertTrue(first.isOver());
    }

    @Test
    void aMinuteAtTheMost() {
        first.begin();
        int seconds = 0;
        while (!first.isOver()) {
            first.paused(300);
            after(1_000);
            seconds++;
        }
        assertEquals(60, seconds);
    }
}
