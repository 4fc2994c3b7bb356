package io.hotfire.launcher;

import java.nio.file.Path;
import java.util.Map;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.BrokerStartup;
import org.apache.rocketmq.broker.ConfigContext;
import org.apache.rocketmq.broker.processor.PopReviveService;
import org.apache.rocketmq.common.constant.LoggerName;
import org.apache.rocketmq.store.ConsumeQueue;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.dledger.DLedgerCommitLog;

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
                throw new IllegalStateException("the broker did not initialize: the last WARN or ERROR of its store and its configuration says why");
            }
        }
        Runnable shutdown = BrokerStartup.buildShutdownHook(broker);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopRevival(broker);
            shutdown.run();
        }, "ShutdownHook"));

        FastFailover.install(broker, failover);
        ControllerReplication.install(broker);
        forgetUncommitted(broker);
        if (broker.getMessageStore() instanceof DefaultMessageStore store) {
            EncoderMemory.install(store);
        }
        ConsumerOffsetCopy.install(broker);
        FirstFlush.now(broker);
        RestfulPolls.install(broker);
        EarlyHeartbeats.begin(broker);
        BrokerStartup.start(broker);
        connectToMaster(broker);
        if (!FailoverTimers.isStock(System.getenv())) {
            NamesrvReturns.watch(broker);
        }
        tls.serve(broker.getRemotingServer(), broker.getFastRemotingServer());
    }

    /**
     * After a crash DLedgerCommitLog.dledgerRecoverAbnormally indexes everything in its log, also entries that no majority had and
     * that the next leader overwrites. Their places in the consume queues stay, point into other messages, and whoever reads that
     * replica misses acknowledged ones. Cut back to what is known to be committed, the rest is indexed again once it is.
     *
     * The same recovery cuts too much where little is uncommitted: it counts messages without DLedger's 48 bytes each, truncates the
     * queues there, and DefaultMessageStore.start goes on indexing from the committed position: a hole, acknowledged messages that are
     * in the log and never seen again once this replica leads. So indexing has to go on from where the queues end
     * (recheckReputOffsetFromCq). An empty queue ends nowhere, but ConsumeQueue.truncateDirtyLogicFiles marks it with the cut, which
     * need not be the begin of an entry.
     */
    private static void forgetUncommitted(BrokerController broker) throws Exception {
        if (!(broker.getMessageStore() instanceof DefaultMessageStore store) || !(store.getCommitLog() instanceof DLedgerCommitLog)
            || store.getConfirmOffset() <= 0) {
            return;
        }
        store.truncateDirtyLogicFiles(store.getConfirmOffset());
        store.getConsumeQueueTable().values().forEach(queues -> queues.values().forEach(queue -> {
            if (queue instanceof ConsumeQueue file && file.getMaxOffsetInQueue() <= file.getMinOffsetInQueue()) {
                file.setMaxPhysicOffset(0);
            }
        }));
        broker.getMessageStoreConfig().setRecheckReputOffsetFromCq(true);
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
