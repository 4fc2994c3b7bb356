package io.hotfire.simulation.world;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** What the rewritten classes call instead of waiting for each other. */
public final class Waits {
    private Waits() {
    }

    public static boolean await(CountDownLatch latch, long amount, TimeUnit unit) {
        return until(latch, () -> latch.getCount() == 0, unit.toNanos(amount));
    }

    public static void countDown(CountDownLatch latch) {
        latch.countDown();
        if (latch.getCount() == 0) {
            World.current().wake(latch);
        }
    }

    /** The body of ResettableCountDownLatch.await. */
    public static boolean await(Counted latch, long amount, TimeUnit unit) {
        return until(latch, () -> latch.getCount() == 0, unit.toNanos(amount));
    }

    /** The end of ResettableCountDownLatch.countDown. */
    public static void countedDown(Counted latch) {
        World.current().wake(latch);
    }

    /** What ResettableCountDownLatch is made to implement. */
    public interface Counted {
        long getCount();
    }

    public static Object get(CompletableFuture<?> future, long amount, TimeUnit unit) throws TimeoutException, ExecutionException, InterruptedException {
        if (!future.isDone()) {
            World world = World.current();
            future.whenComplete((value, failure) -> world.wake(future));
            if (!until(future, future::isDone, unit.toNanos(amount))) {
                throw new TimeoutException();
            }
        }
        return future.get();
    }

    public static <T> CompletableFuture<T> completeOnTimeout(CompletableFuture<T> future, T value, long amount, TimeUnit unit) {
        World world = World.current();
        world.at(world.now() + unit.toNanos(amount), world.here(), () -> future.complete(value));
        return future;
    }

    /** A job that is joined is done by whoever joins it, in case that one holds a monitor; else when its thread would come to it. */
    private static final class Job extends CompletableFuture<Void> {
        private Runnable task;

        Job(Runnable task) {
            this.task = task;
        }

        void run() {
            Runnable mine = task;
            task = null;
            if (mine != null) {
                try {
                    mine.run();
                    complete(null);
                } catch (Killed e) {
                    throw e;
                } catch (Throwable e) {
                    completeExceptionally(e);
                }
            }
        }
    }

    public static CompletableFuture<Void> runAsync(Runnable task, Executor executor) {
        Job job = new Job(task);
        executor.execute(job::run);
        return job;
    }

    public static Object join(CompletableFuture<?> future) {
        if (future instanceof Job job) {
            job.run();
        }
        if (!future.isDone()) {
            throw new IllegalStateException("only a job is joined");
        }
        return future.join();
    }

    public static Object poll(BlockingQueue<?> queue, long amount, TimeUnit unit) {
        World world = World.current();
        long until = world.now() + unit.toNanos(amount);
        while (queue.isEmpty() && world.now() < until) {
            Task.running().await(null, Math.min(500_000, until - world.now()));
        }
        return queue.poll();
    }

    public static <T> void put(BlockingQueue<T> queue, T element) {
        while (!queue.offer(element)) {
            Time.sleep(1);
        }
    }

    private static boolean until(Object on, BooleanSupplier isOver, long nanos) {
        World world = World.current();
        long until = world.now() + nanos;
        while (!isOver.getAsBoolean()) {
            if (world.now() >= until) {
                return false;
            }
            Task.running().await(on, until - world.now());
        }
        return true;
    }
}
