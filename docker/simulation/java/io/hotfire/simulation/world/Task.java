package io.hotfire.simulation.world;

import java.util.ArrayList;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/**
 * A thread of a process, as a continuation: it runs until it waits for something, and goes on when the world says so. It never waits while
 * it holds a monitor: the code that is simulated does not, and what would (a slow disk) stops its whole process instead.
 */
final class Task {
    private static final ContinuationScope SCOPE = new ContinuationScope("simulation");
    /** A short wait takes as long as it takes until a busy machine has a core for the thread again. */
    private static final int SHORT_NANOS = 2_000_000;
    private static final int LATE_NANOS = 16_000_000;
    private static Task running;

    private final World world;
    private final Node node;
    private final Continuation continuation;
    private long waits;
    private boolean isWoken;

    private Task(World world, Node node, String name, Runnable body) {
        this.world = world;
        this.node = node;
        this.continuation = new Continuation(SCOPE, () -> {
            try {
                body.run();
            } catch (Killed e) {
                // Its process is gone.
            } catch (Throwable e) {
                world.story().tell(node + ": thread " + name + " ended: " + e);
            }
        });
    }

    static void start(World world, Node node, String name, Runnable body) {
        Task task = new Task(world, node, name, body);
        world.after(world.random().nextDouble() * 0.05, node, task::resume);
    }

    static Task running() {
        if (running == null) {
            throw new IllegalStateException("waits outside of a thread");
        }
        return running;
    }

    static boolean isRunning() {
        return running != null;
    }

    /** Returns only where the thread cannot stop. */
    static void leaveForGood() {
        try {
            if (running != null) {
                Continuation.yield(SCOPE);
            }
        } catch (IllegalStateException e) {
            // It holds a monitor.
        }
    }

    private void resume() {
        Task before = running;
        running = this;
        try {
            continuation.run();
        } finally {
            running = before;
        }
    }

    /** Until the time is over, or until what is waited on is woken; whether it was woken. */
    boolean await(Object on, long nanos) {
        long wait = ++waits;
        isWoken = false;
        if (on != null) {
            world.waiting().computeIfAbsent(on, any -> new ArrayList<>(1)).add(this);
        }
        world.at(world.now() + Math.max(0, nanos) + world.random().nextInt(nanos < SHORT_NANOS ? LATE_NANOS : 60_000), node, () -> end(wait));
        yieldNow();
        if (on != null) {
            world.waiting().computeIfPresent(on, (any, tasks) -> tasks.remove(this) && tasks.isEmpty() ? null : tasks);
        }
        return isWoken;
    }

    void wake() {
        if (!isWoken) {
            isWoken = true;
            long wait = waits;
            world.after(0.005 + world.random().nextDouble() * 0.05, node, () -> end(wait));
        }
    }

    /** Of the two ends of a wait that may be due, the timer's and the waking's, the later one finds another wait, or none. */
    private void end(long wait) {
        if (wait == waits && !continuation.isDone()) {
            resume();
        }
    }

    private void yieldNow() {
        if (!Continuation.yield(SCOPE)) {
            throw new IllegalStateException("a thread waits while it holds a monitor");
        }
        if (world.isDead()) {
            throw new Killed();
        }
    }
}
