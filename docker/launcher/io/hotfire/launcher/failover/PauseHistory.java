package io.hotfire.launcher.failover;

import java.util.Arrays;

/**
 * The habitual pauses of the last 10 to 20 s: heartbeats that came late, and this process's own stalls (garbage collection, too little
 * processor time). One alone is chance; the second longest is what has to be borne. Where there are pauses, silence means less.
 */
final class PauseHistory {
    private static final long WINDOW_NANOS = 10_000_000_000L;
    /** Nobody bears more, so a longer one is a fault (a frozen process) and no habit. */
    private static final long LONGEST_MS = 3000;

    private final long[] current = new long[2];
    private final long[] before = new long[2];
    private long began = System.nanoTime();

    synchronized void saw(long millis) {
        turn();
        if (millis > LONGEST_MS) {
            return;
        }
        if (millis > current[0]) {
            current[1] = current[0];
            current[0] = millis;
        } else {
            current[1] = Math.max(current[1], millis);
        }
    }

    synchronized long usual() {
        turn();
        return Math.max(Math.max(current[1], before[1]), Math.min(current[0], before[0]));
    }

    /** What was seen until now says nothing about what comes: a start is over. */
    synchronized void forget() {
        Arrays.fill(current, 0);
        Arrays.fill(before, 0);
    }

    private void turn() {
        long elapsed = System.nanoTime() - began;
        if (elapsed < WINDOW_NANOS) {
            return;
        }
        System.arraycopy(current, 0, before, 0, 2);
        if (elapsed >= 2 * WINDOW_NANOS) {
            Arrays.fill(before, 0);
        }
        Arrays.fill(current, 0);
        began = System.nanoTime();
    }
}
