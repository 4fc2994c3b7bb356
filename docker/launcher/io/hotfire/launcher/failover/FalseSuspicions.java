package io.hotfire.launcher.failover;

import java.util.concurrent.TimeUnit;

/**
 * Alarms that proved false: what was believed gone was there a moment later. Each one doubles the caution, and a calm time halves it again,
 * so that a machine on which leaders are missed for nothing soon has the patience of stock RocketMQ, and loses it when it has recovered.
 */
final class FalseSuspicions {
    /** Whoever is back so soon was not gone. A broker that is frozen or cut off for longer was rightly missed. */
    private static final long BACK_WITHIN_NANOS = 1_500_000_000L;
    private static final long CALM_NANOS = 30_000_000_000L;
    private static final int MOST = 16;

    /** What the alarms are about, for the log. */
    private final String what;

    private long raisedAt;
    private boolean isRaised;
    private int caution = 1;
    private long changedAt = System.nanoTime();

    FalseSuspicions(String what) {
        this.what = what;
    }

    synchronized void begin() {
        raisedAt = System.nanoTime();
        isRaised = true;
    }

    /** What the alarm was about is there again. */
    synchronized void isOver() {
        long now = System.nanoTime();
        if (isRaised && now - raisedAt < BACK_WITHIN_NANOS) {
            caution = Math.min(MOST, caution() * 2);
            changedAt = now;
            System.out.println("hotfire: " + what + " was a false alarm, over after "
                + TimeUnit.NANOSECONDS.toMillis(now - raisedAt) + " ms: caution " + caution);
        }
        isRaised = false;
    }

    /** What was believed until now says nothing about what comes. */
    synchronized void forget() {
        caution = 1;
        isRaised = false;
    }

    /** How many times longer than usual to wait. */
    synchronized int caution() {
        long now = System.nanoTime();
        while (caution > 1 && now - changedAt > CALM_NANOS) {
            caution /= 2;
            changedAt += CALM_NANOS;
        }
        return caution;
    }
}
