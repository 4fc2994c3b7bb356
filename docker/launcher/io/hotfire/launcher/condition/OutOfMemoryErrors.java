package io.hotfire.launcher.condition;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The OutOfMemoryErrors of this process, one after another. RocketMQ catches them, logs them and goes on: a broker without direct memory answered its health
 * check for good, and stored and popped nothing. The JVM's ExitOnOutOfMemoryError ends a process without heap; direct memory runs out in Java code, which
 * it does not see.
 */
final class OutOfMemoryErrors {
    /** The longest pause of a client that tries again is a long poll of 15 to 20 s (POP, pull): without an error for this long it has passed. */
    private static final long PASSED_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** What lasts longer has outlived three long polls, and two of the probe's rounds to "unhealthy" (3 times 5 s): it does not pass by itself. */
    private static final long LASTS_NANOS = TimeUnit.SECONDS.toNanos(60);

    static final OutOfMemoryErrors OF_PROCESS = new OutOfMemoryErrors(System::nanoTime);

    private final LongSupplier nanos;
    private String message;
    private long first;
    private long last;
    private int count;

    OutOfMemoryErrors(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Notes the error, if it or one of its causes is one. */
    void look(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause() == cause ? null : cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                note(String.valueOf(cause.getMessage()));
                return;
            }
        }
    }

    private synchronized void note(String what) {
        long now = nanos.getAsLong();
        if (count == 0 || now - last > PASSED_NANOS) {
            first = now;
            count = 0;
        }
        last = now;
        count++;
        message = what;
    }

    /** What is wrong now, in a line; null while nothing is. */
    synchronized String problem() {
        long now = nanos.getAsLong();
        return count == 0 || now - last > PASSED_NANOS ? null
            : "out of memory %d times in %d s, last %d s ago: %s".formatted(count, seconds(now - first), seconds(now - last), message);
    }

    /** It goes on and on: this process will not serve again. */
    synchronized boolean lasts() {
        return count > 1 && nanos.getAsLong() - last <= PASSED_NANOS && last - first >= LASTS_NANOS;
    }

    private static long seconds(long nanoseconds) {
        return TimeUnit.NANOSECONDS.toSeconds(nanoseconds);
    }
}
