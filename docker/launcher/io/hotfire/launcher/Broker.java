package io.hotfire.launcher;

import io.hotfire.launcher.autoswitch.ControllerReplication;
import io.hotfire.launcher.autoswitch.EarlyHeartbeats;
import io.hotfire.launcher.condition.Condition;
import io.hotfire.launcher.consumers.LiveConsumers;
import io.hotfire.launcher.consumers.NewConsumers;
import io.hotfire.launcher.consumers.UntoldVersions;
import io.hotfire.launcher.dledger.RaftGroup;
import io.hotfire.launcher.failover.FailoverTimers;
import io.hotfire.launcher.failover.FastFailover;
import io.hotfire.launcher.internals.InsideBroker;
import io.hotfire.launcher.internals.Reviewed;
import io.hotfire.launcher.nameserver.NamesrvReturns;
import io.hotfire.launcher.nameserver.PromptRegistration;
import io.hotfire.launcher.network.Tls;
import io.hotfire.launcher.polling.RestfulPolls;
import io.hotfire.launcher.replication.ConfigurationAnswers;
import io.hotfire.launcher.replication.ConfigurationCopies;
import io.hotfire.launcher.replication.ConsumerOffsetCopy;
import io.hotfire.launcher.replication.PlainReplication;
import io.hotfire.launcher.runtime.EncoderMemory;
import io.hotfire.launcher.runtime.Quiet;
import io.hotfire.launcher.services.FirstFlush;
import io.hotfire.launcher.services.PopRevival;
import io.hotfire.launcher.services.WriterServices;
import java.nio.file.Path;
import java.util.Map;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.BrokerStartup;
import org.apache.rocketmq.broker.ConfigContext;
import org.apache.rocketmq.broker.processor.PopReviveService;
import org.apache.rocketmq.common.constant.LoggerName;

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
        Reviewed.checkBroker(isDLedger, isControllerMode, System.getenv());
        BrokerController broker;
        try (Quiet values = new Quiet(LoggerName.BROKER_LOGGER_NAME)) {
            broker = BrokerStartup.buildBrokerController(context);
        }
        PromptRegistration.install(broker);
        PopRevival.install(broker);
        RaftGroup group;
        try (Quiet missing = new Quiet(LoggerName.ROCKETMQ_REMOTING_NAME)) {
            // The three steps of BrokerController.initialize.
            boolean isMade = broker.initializeMetadata() && broker.initializeMessageStore();
            group = isMade ? RaftGroup.mend(broker, failover != null) : null;
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
            RestfulPolls.install(group);
        }
        ControllerReplication.install(broker);
        PlainReplication.install(broker);
        EncoderMemory.install(InsideBroker.storeOf(broker));
        WriterServices.install(broker);
        Condition.install(broker, group);
        ConsumerOffsetCopy.install(broker);
        ConfigurationAnswers.install(broker);
        ConfigurationCopies copies = ConfigurationCopies.install(broker);
        NewConsumers.install(broker);
        UntoldVersions.install(broker);
        LiveConsumers.install(broker);
        FirstFlush.now(broker);
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
