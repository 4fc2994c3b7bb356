package io.hotfire.launcher.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.raft.Raft;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClocksTest {
    /** L7 */
    @Test
    void aTaskThatFailsOnceIsRunAgain() throws Exception {
        ScheduledExecutorService clock = Clocks.start("test");
        AtomicInteger runs = new AtomicInteger();
        clock.scheduleWithFixedDelay(Clocks.guarded("a test", () -> {
            if (runs.incrementAndGet() == 1) {
                throw new AssertionError("the first time");
            }
        }), 1, 1, TimeUnit.MILLISECONDS);
        assertTrue(Raft.soon(() -> runs.get() > 2));
        clock.shutdownNow();
    }
}
