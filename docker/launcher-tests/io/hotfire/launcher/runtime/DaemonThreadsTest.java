package io.hotfire.launcher.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.raft.Raft;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A scheduled task that fails once is run again. */
class DaemonThreadsTest {
    /** L7 */
    @Test
    void aTaskThatFailsOnceIsRunAgain() throws Exception {
        ScheduledExecutorService clock = DaemonThreads.scheduler("test");
        AtomicInteger runs = new AtomicInteger();
        clock.scheduleWithFixedDelay(DaemonThreads.guarded("a test", () -> {
            if (runs.incrementAndGet() == 1) {
                throw new AssertionError("the first time");
            }
        }), 1, 1, TimeUnit.MILLISECONDS);
        assertTrue(Raft.soon(() -> runs.get() > 2));
        clock.shutdownNow();
    }
}
