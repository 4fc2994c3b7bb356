package io.hotfire.launcher.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which errors pass and which last, by a clock of the test. */
class OutOfMemoryErrorsTest {
    private final AtomicLong now = new AtomicLong();
    private final OutOfMemoryErrors failures = new OutOfMemoryErrors(now::get);

    private void after(int seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private void fail() {
        failures.look(new ExecutionException(new OutOfMemoryError("Cannot reserve 4259840 bytes of direct buffer memory")));
    }

    @Test
    void whatPassesEndsNothing() {
        assertNull(failures.problem());
        failures.look(new IllegalStateException("another one"));
        assertNull(failures.problem());
        fail();
        after(5);
        fail();
        assertEquals("out of memory 2 times in 5 s, last 0 s ago: Cannot reserve 4259840 bytes of direct buffer memory", failures.problem());
        after(31);
        assertNull(failures.problem(), "nothing has failed for half a minute");
        assertFalse(failures.lasts());
    }

    @Test
    void whatGoesOnForAMinuteDoesNotPass() {
        for (int seconds = 0; seconds < 60; seconds += 20) {
            fail();
            assertFalse(failures.lasts());
            after(20);
        }
        fail();
        assertTrue(failures.lasts());
    }

    /** Two bursts an hour apart are two, not one of an hour. */
    @Test
    void aSeriesEndsWithAPause() {
        fail();
        after(3600);
        fail();
        assertNotNull(failures.problem());
        assertFalse(failures.lasts());
    }
}
