package io.hotfire.simulation.world;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What the rewritten classes call instead of the clock, a sleep and a die. */
public final class Time {
    private static final long EPOCH_MS = 1_700_000_000_000L;

    private Time() {
    }

    public static long millis() {
        World world = World.current();
        world.endIfDead();
        Node here = world.here();
        return EPOCH_MS + world.now() / 1_000_000 + (here == null ? 0 : here.clockSkewMs());
    }

    /** Not moved by a step of the wall clock. */
    public static long nanos() {
        World world = World.current();
        world.endIfDead();
        return world.now();
    }

    public static void sleep(long millis) {
        Task.running().await(null, TimeUnit.MILLISECONDS.toNanos(millis));
    }

    public static void sleep(long amount, TimeUnit unit) {
        Task.running().await(null, unit.toNanos(amount));
    }

    public static int nextInt(Random random, int bound) {
        if (bound <= 0 && random.getClass() != Random.class) {
            return random.nextInt(bound);
        }
        if (bound <= 0) {
            Watchers.current().onBadBound(World.current().here(), bound);
            throw new IllegalArgumentException("bound must be positive");
        }
        return World.current().random().nextInt(bound);
    }
}
