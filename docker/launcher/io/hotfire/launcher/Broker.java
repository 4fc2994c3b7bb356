package io.hotfire.launcher;

import java.nio.file.Path;
import java.util.Map;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.BrokerStartup;
import org.apache.rocketmq.broker.ConfigContext;
import org.apache.rocketmq.broker.processor.PopReviveService;
import org.apache.rocketmq.common.constant.LoggerName;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.dledger.DLedgerCommitLog;
import org.apache.rocketmq.store.queue.ConsumeQueueInterface;

final class Broker {
    /**
     * Every flush of the timer wheel compares 38 MB byte by byte: every second (RocketMQ's default) that is 2 % of a core, idle. After a
     * crash the broker reads up to this much more of the commit log again (TimerMessageStore.recover).
     */
    private static final String TIMER_FLUSH_MILLIS = "5000";

    static final Map<String, String> DEFAULTS =
        Map.of("storePathRootDir", "/var/lib/rocketmq", "timerFlushIntervalMs", TIMER_FLUSH_MILLIS);

    private Broker() {
    }

    static void start(Path configuration) throws Exception {
        FailoverTimers failover = FailoverTimers.of(System.getenv());
        Tls tls = Tls.prepare(configuration.resolveSibling("tls"));
        ConfigContext context = BrokerStartup.parseCmdLine(new String[] {"-c", configuration.toString()});
        BrokerController broker;
        try (Quiet values = new Quiet(LoggerName.BROKER_LOGGER_NAME)) {
            broker = BrokerStartup.buildBrokerController(context);
        }
        try (Quiet missing = new Quiet(LoggerName.ROCKETMQ_REMOTING_NAME)) {
            if (!broker.initialize()) {
                broker.shutdown();
                throw new IllegalStateException("the broker did not initialize, see the log above");
            }
        }
        Runnable shutdown = BrokerStartup.buildShutdownHook(broker);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopRevival(broker);
            shutdown.run();
        }, "ShutdownHook"));

        FastFailover.install(broker, failover);
        forgetUncommitted(broker);
        FirstFlush.now(broker);
        RestfulPolls.install(broker);
        BrokerStartup.start(broker);
        connectToMaster(broker);
        tls.serve(broker.getRemotingServer(), broker.getFastRemotingServer());
    }

    /**
     * After a crash DLedgerCommitLog.dledgerRecoverAbnormally indexes everything in its log, also entries that no majority had and
     * that the next leader overwrites. Their places in the consume queues stay, point into other messages, and whoever reads that
     * replica misses acknowledged ones. Cut back to what is known to be committed, the rest is indexed again once it is.
     *
     * Only if there is something beyond it: the recovery may have cut too much itself (it counts messages without DLedger's 48 bytes
     * each), and ConsumeQueue.truncateDirtyLogicFiles marks an empty queue as indexed up to the cut. Indexing would go on from there
     * and leave a hole.
     */
    private static void forgetUncommitted(BrokerController broker) throws Exception {
        if (!(broker.getMessageStore() instanceof DefaultMessageStore)) {
            return;
        }
        DefaultMessageStore store = (DefaultMessageStore) broker.getMessageStore();
        if (store.getCommitLog() instanceof DLedgerCommitLog && store.getConfirmOffset() > 0
            && indexedUpTo(store) > store.getConfirmOffset()) {
            store.truncateDirtyLogicFiles(store.getConfirmOffset());
        }
    }

    private static long indexedUpTo(DefaultMessageStore store) {
        return store.getConsumeQueueTable().values().stream()
            .flatMap(queues -> queues.values().stream())
            .mapToLong(ConsumeQueueInterface::getMaxPhysicOffset)
            .max()
            .orElse(0);
    }

    /** BrokerController.initialize gives haMasterAddress to an HA client that DefaultMessageStore.start then replaces. */
    private static void connectToMaster(BrokerController broker) {
        String master = broker.getMessageStoreConfig().getHaMasterAddress();
        if (master != null && !master.isEmpty()) {
            broker.getMessageStore().updateHaMasterAddress(master);
        }
    }

    /** BrokerController.shutdown stops these eight one after another, and each takes up to 4 s to notice. */
    private static void stopRevival(BrokerController broker) {
        for (PopReviveService service : broker.getAckMessageProcessor().getPopReviveServices()) {
            service.makeStop();
            service.wakeup();
        }
    }
}
