package io.hotfire.simulation.world;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** What the rewritten classes get from Executors. Each job is an event of the process that made the executor; none of them waits. */
public final class SimulatedExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private final World world = World.current();
    private final Node node = world.here();
    private boolean isShutDown;

    public static ScheduledExecutorService scheduled(ThreadFactory threads) {
        return new SimulatedExecutor();
    }

    public static ExecutorService fixed(int threads, ThreadFactory factory) {
        return new SimulatedExecutor();
    }

    public static ExecutorService any(ThreadFactory factory) {
        return new SimulatedExecutor();
    }

    private static final class Pending<V> extends CompletableFuture<V> implements ScheduledFuture<V> {
        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }

    @Override
    public void execute(Runnable job) {
        world.after(0.01 + world.random().nextDouble() * 0.08, node, job);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable job, long delay, TimeUnit unit) {
        Pending<Object> pending = new Pending<>();
        after(delay, unit, () -> {
            if (!pending.isDone()) {
                job.run();
                pending.complete(null);
            }
        });
        return pending;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> job, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("no simulated class schedules a Callable");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable job, long initial, long period, TimeUnit unit) {
        return scheduleWithFixedDelay(job, initial, period, unit);
    }

    /** A job that throws is not run again, as with the JDK's. */
    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable job, long initial, long delay, TimeUnit unit) {
        Pending<Object> pending = new Pending<>();
        after(initial, unit, new Runnable() {
            @Override
            public void run() {
                if (!pending.isDone() && !isShutDown) {
                    job.run();
                    after(delay, unit, this);
                }
            }
        });
        return pending;
    }

    private void after(long delay, TimeUnit unit, Runnable job) {
        world.at(world.now() + unit.toNanos(delay) + world.random().nextInt(60_000), node, job);
    }

    @Override
    public void shutdown() {
        isShutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        isShutDown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return isShutDown;
    }

    @Override
    public boolean isTerminated() {
        return isShutDown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
