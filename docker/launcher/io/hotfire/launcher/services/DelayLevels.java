package io.hotfire.launcher.services;

import io.hotfire.launcher.runtime.DaemonThreads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.schedule.ScheduleMessageService;

/**
 * The messages that are delayed by level. RocketMQ's stop() waits up to 5 s for the threads of the levels, which wait for the store's answer, and up to 5 s
 * more for those that look at the answers; start() reads a file. Both are done here in the order in which they are asked for, and the thread that asks goes on.
 */
final class DelayLevels extends ScheduleMessageService {
    /** The two waits of ScheduleMessageService.stop, in ms. */
    private static final long STOPPED_WITHIN_MS = 10_000;

    private final ExecutorService changes = Executors.newSingleThreadExecutor(runnable -> {
        Thread thread = new Thread(runnable, "HotfireDelayLevels");
        thread.setDaemon(true);
        return thread;
    });

    DelayLevels(BrokerController broker) {
        super(broker);
    }

    @Override
    public void start() {
        if (!changes.isShutdown()) {
            changes.execute(DaemonThreads.guarded("the start of the delay levels", super::start));
        }
    }

    @Override
    public boolean stop() {
        if (changes.isShutdown()) {
            return super.stop();
        }
        changes.execute(DaemonThreads.guarded("the stop of the delay levels", super::stop));
        return true;
    }

    /** The process ends: what is under way ends first. */
    @Override
    public void shutdown() {
        changes.shutdown();
        try {
            changes.awaitTermination(STOPPED_WITHIN_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        super.shutdown();
    }
}
