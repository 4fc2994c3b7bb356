package io.hotfire.launcher.dledger;

import io.hotfire.launcher.runtime.DaemonThreads;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;

/** What a slave copies from its master beside the log: topics, groups, offsets. As DLedgerRoleChangeHandler.handleSlaveSynchronize does it. */
final class SlaveSync {
    private static final long LOOK_EVERY_MS = 3_000;
    private static final long ALL_EVERY_MS = 10_000;

    private final BrokerController broker;
    private Future<?> task;
    private long lastAll = System.nanoTime();

    SlaveSync(BrokerController broker) {
        this.broker = broker;
    }

    synchronized void begin() {
        end();
        if (broker.getScheduledExecutorService().isShutdown()) {
            // The broker stops, and copies nothing more.
            return;
        }
        task = broker.getScheduledExecutorService().scheduleAtFixedRate(DaemonThreads.guarded("synchronization with the master", this::run),
            LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    synchronized void end() {
        if (task != null) {
            task.cancel(false);
        }
        broker.getSlaveSynchronize().setMasterAddr(null);
    }

    private void run() {
        if (System.nanoTime() - lastAll > TimeUnit.MILLISECONDS.toNanos(ALL_EVERY_MS)) {
            broker.getSlaveSynchronize().syncAll();
            lastAll = System.nanoTime();
        }
        broker.getSlaveSynchronize().syncTimerCheckPoint();
    }
}
