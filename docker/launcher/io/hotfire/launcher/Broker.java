package io.hotfire.launcher;

import io.hotfire.launcher.autoswitch.ControllerReplication;
import io.hotfire.launcher.autoswitch.EarlyHeartbeats;
import io.hotfire.launcher.condition.BrokerCondition;
import io.hotfire.launcher.consumers.NewConsumers;
import io.hotfire.launcher.consumers.StaleConsumerConnections;
import io.hotfire.launcher.consumers.SubscriptionVersions;
import io.hotfire.launcher.dledger.DLedgerGroup;
import io.hotfire.launcher.failover.FailoverTimers;
import io.hotfire.launcher.failover.FastFailover;
import io.hotfire.launcher.internals.BrokerInternals;
import io.hotfire.launcher.internals.ReviewedClasses;
import io.hotfire.launcher.nameserver.NamesrvReturns;
import io.hotfire.launcher.nameserver.PromptRegistration;
import io.hotfire.launcher.network.Tls;
import io.hotfire.launcher.polling.IdlePolling;
import io.hotfire.launcher.replication.ConsumerOffsetCopy;
import io.hotfire.launcher.replication.MasterSlaveReplication;
import io.hotfire.launcher.replication.MetadataAnswers;
import io.hotfire.launcher.replication.MetadataCopies;
import io.hotfire.launcher.runtime.EncoderMemory;
import io.hotfire.launcher.runtime.SilencedLogger;
import io.hotfire.launcher.services.FirstMetricsFlush;
import io.hotfire.launcher.services.PopRevival;
import io.hotfire.launcher.services.WriterServices;
import java.nio.file.Path;
import java.util.Map;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.BrokerStartup;
import org.apache.rocketmq.broker.ConfigContext;
import org.apache.rocketmq.broker.processor.PopReviveService;
import org.apache.rocketmq.common.constant.LoggerName;

/** Starts a broker: what the launcher replaces is put in between the steps of RocketMQ's own start. */
final class Broker {
    /**
     * Every flush of the timer wheel compares 38 MB byte by byte: every second (RocketMQ's default) that is 2 % of a core, idle. After a
     * crash the broker reads up to this much more of the commit log again (TimerMessageStore.recover).
     */
    private static final String TIMER_FLUSH_MILLIS = "5000";

    static final Map<String, String> DEFAULTS =
        Map.of("storePathRootDir", "/var/lib/rocketmq", "timerFlushIntervalMs", TIMER_FLUSH_MILLIS, "timerEnableRetryUntilSuccess", "true");

    private Broker() {
    }

    static void start(Path configuration) throws Exception {
        FailoverTimers failover = FailoverTimers.of(System.getenv());
        Tls tls = Tls.prepare(configuration.resolveSibling("tls"));
        ConfigContext context = BrokerStartup.parseCmdLine(new String[] {"-c", configuration.toString()});
        boolean isDLedger = context.getMessageStoreConfig().isEnableDLegerCommitLog();
        boolean isControllerMode = context.getBrokerConfig().isEnableControllerMode();
        ReviewedClasses.checkBroker(isDLedger, isControllerMode, System.getenv());
        BrokerController broker;
        try (SilencedLogger values = new SilencedLogger(LoggerName.BROKER_LOGGER_NAME)) {
            broker = BrokerStartup.buildBrokerController(context);
        }
        PromptRegistration.install(broker);
        PopRevival.install(broker);
        DLedgerGroup group;
        try (SilencedLogger missing = new SilencedLogger(LoggerName.ROCKETMQ_REMOTING_NAME)) {
            // The three steps of BrokerController.initialize.
            boolean isMade = broker.initializeMetadata() && broker.initializeMessageStore();
            group = isMade ? DLedgerGroup.mend(broker, failover != null) : null;
            if (!isMade || !broker.recoverAndInitService()) {
                broker.shutdown();
                throw new IllegalStateException("the broker did not initialize: the last WARN or ERROR of its store and its configuration says why");
            }
        }
        Runnable shutdown = BrokerStartup.buildShutdownHook(broker);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (group != null) {
                // First: in a group that stops node by node this broker may still be elected, and has nothing to lead with any more.
                group.roles().shutdown();
            }
            stopRevival(broker);
            shutdown.run();
        }, "ShutdownHook"));

        if (group != null) {
            group.forgetUncommitted();
            if (failover != null) {
                FastFailover.install(broker, group, failover);
            }
            IdlePolling.install(group);
        }
        ControllerReplication.install(broker);
        MasterSlaveReplication.install(broker);
        EncoderMemory.install(BrokerInternals.storeOf(broker));
        WriterServices.install(broker);
        BrokerCondition.install(broker, group);
        ConsumerOffsetCopy.install(broker);
        MetadataAnswers.install(broker);
        MetadataCopies copies = MetadataCopies.install(broker);
        NewConsumers.install(broker);
        SubscriptionVersions.install(broker);
        StaleConsumerConnections.install(broker);
        FirstMetricsFlush.now(broker);
        EarlyHeartbeats.begin(broker);
        BrokerStartup.start(broker);
        copies.begin();
        if (!FailoverTimers.isStock(System.getenv())) {
            NamesrvReturns.watch(broker);
        }
        tls.serve(broker.getRemotingServer(), broker.getFastRemotingServer());
    }

    /** BrokerController.shutdown stops these eight one after another, and each takes up to 4 s to notice. */
    private static void stopRevival(BrokerController broker) {
        for (PopReviveService service : broker.getAckMessageProcessor().getPopReviveServices()) {
            service.makeStop();
            service.wakeup();
        }
    }
}
