package io.hotfire.launcher.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.logging.ch.qos.logback.classic.Level;
import org.apache.rocketmq.logging.ch.qos.logback.classic.Logger;
import org.apache.rocketmq.logging.ch.qos.logback.classic.turbo.TurboFilter;
import org.apache.rocketmq.logging.ch.qos.logback.core.spi.FilterReply;
import org.apache.rocketmq.logging.org.slf4j.Marker;

/**
 * Counts warnings and errors that come too fast, instead of writing them. A leader that hands over refuses each send with a stack trace of 15
 * lines: 2,900 lines a second at 300 sends, which took the CPU that the election needed. logback.xml names this class.
 */
public final class FloodFilter extends TurboFilter {
    /** Of one kind, which is one format; enough to see what it is. */
    private static final int MOST_IN_A_SECOND = 10;
    /** Who puts values into the format makes a kind of each event. */
    private static final int MOST_KINDS = 500;

    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = DaemonThreads.scheduler("HotfireFloods");

    @Override
    public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable cause) {
        if (level.levelInt < Level.WARN_INT || format == null || logger.getEffectiveLevel().levelInt > level.levelInt) {
            return FilterReply.NEUTRAL;
        }
        AtomicInteger count = counts.get(format);
        if (count == null) {
            if (counts.size() >= MOST_KINDS) {
                return FilterReply.NEUTRAL;
            }
            AtomicInteger first = new AtomicInteger();
            count = counts.putIfAbsent(format, first);
            if (count == null) {
                count = first;
                clock.schedule(() -> over(format), 1, TimeUnit.SECONDS);
            }
        }
        return count.incrementAndGet() > MOST_IN_A_SECOND ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private void over(String format) {
        int dropped = counts.remove(format).get() - MOST_IN_A_SECOND;
        if (dropped > 0) {
            System.out.println("hotfire: not logged, " + dropped + " more within a second: " + format.lines().findFirst().orElse(""));
        }
    }
}
