package io.hotfire.launcher.replication;

import io.hotfire.launcher.internals.BrokerInternals;
import io.hotfire.launcher.nameserver.PromptRegistration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.offset.ConsumerOffsetManager;
import org.apache.rocketmq.broker.slave.SlaveSynchronize;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.remoting.RemotingClient;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.apache.rocketmq.remoting.protocol.DataVersion;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.BrokerMemberGroup;
import org.apache.rocketmq.remoting.protocol.body.ConsumerOffsetSerializeWrapper;
import org.apache.rocketmq.store.config.BrokerRole;

/**
 * A slave that copies topics and groups as soon as its master has others, and consumer offsets every 2 s. It asks what has changed, with a request that its master answers when something has
 * ({@link MetadataAnswers}); one that does not know the request is left to RocketMQ's own pace, every 12 s. RocketMQ tells a slave of its master with its own registration, up to
 * 30 s after an election: this one asks a name server.
 */
public final class MetadataCopies {
    private static final int ASK_WITHIN_MS = MetadataAnswers.HOLD_MS + 2_000;
    /** Without a master, or with one that does not answer. */
    private static final long AGAIN_MS = 300;
    /** RocketMQ logs each copy that failed. */
    private static final long COPY_AGAIN_MS = 2_000;
    /** After an answer that is none: the master has no launcher, or none that knows this. */
    private static final long UNKNOWN_AGAIN_MS = 10_000;

    /** Consumers tell theirs every 5 s. A table that takes long to copy is copied less often: at most a thirtieth of the time. */
    private static final long OFFSETS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int OFFSETS_SHARE = 30;

    private final BrokerController broker;
    private final Synchronized slave;
    private long offsetsDueAt = System.nanoTime();
    private String master = "";
    private String number = "0";
    private String versions = "";

    private MetadataCopies(BrokerController broker, Synchronized slave) {
        this.broker = broker;
        this.slave = slave;
    }

    /** Between the broker's initialization and its start; {@link #begin} is after it. */
    public static MetadataCopies install(BrokerController broker) {
        Synchronized slave = new Synchronized(broker);
        slave.setMasterAddr(broker.getSlaveSynchronize().getMasterAddr());
        BrokerInternals.SLAVE_SYNCHRONIZE.set(broker, slave);
        return new MetadataCopies(broker, slave);
    }

    public void begin() {
        Thread thread = new Thread(this::run, "HotfireConfigurationCopies");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (true) {
            long pause;
            try {
                pause = turn();
            } catch (Exception e) {
                // The master is gone, which RocketMQ's own copying tells of, or no name server answers.
                pause = AGAIN_MS;
            }
            if (pause > 0) {
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    /** @return how long to wait before the next one, in ms */
    private long turn() throws Exception {
        if (broker.getMessageStoreConfig().getBrokerRole() != BrokerRole.SLAVE) {
            return AGAIN_MS;
        }
        String address = slave.getMasterAddr();
        if (address == null || address.isEmpty() || address.equals(broker.getBrokerAddr())) {
            findMaster();
            return AGAIN_MS;
        }
        RemotingCommand request = RemotingCommand.createRequestCommand(MetadataAnswers.WHAT_HAS_CHANGED, null);
        request.addExtField("slave", broker.getBrokerAddr());
        request.addExtField("master", master);
        request.addExtField("number", number);
        request.addExtField("versions", versions);
        RemotingClient client = broker.getBrokerOuterAPI().getRemotingClient();
        RemotingCommand answer;
        try {
            answer = client.invokeSync(address, request, ASK_WITHIN_MS);
        } catch (RemotingException e) {
            findMaster();
            return AGAIN_MS;
        }
        if (answer.getCode() == ResponseCode.NO_PERMISSION) {
            findMaster();
            return AGAIN_MS;
        }
        if (answer.getCode() != ResponseCode.SUCCESS || answer.getExtFields() == null) {
            return UNKNOWN_AGAIN_MS;
        }
        String nowMaster = answer.getExtFields().get("master");
        String nowVersions = answer.getExtFields().get("versions");
        boolean isKnown = nowMaster.equals(master) && nowVersions.equals(versions);
        if (!isKnown && !slave.copies(address)) {
            return COPY_AGAIN_MS;
        }
        master = nowMaster;
        versions = nowVersions;
        number = answer.getExtFields().get("number");
        copyOffsets(address);
        return 0;
    }

    private void copyOffsets(String address) throws Exception {
        long begin = System.nanoTime();
        if (begin - offsetsDueAt >= 0) {
            slave.copyOffsets(address);
            offsetsDueAt = begin + Math.max(OFFSETS_EVERY_NANOS, OFFSETS_SHARE * (System.nanoTime() - begin));
        }
    }

    private void findMaster() throws Exception {
        BrokerConfig config = broker.getBrokerConfig();
        BrokerMemberGroup group = broker.getBrokerOuterAPI().getBrokerMemberGroup(config.getBrokerClusterName(), config.getBrokerName());
        String address = group == null ? null : group.getBrokerAddrs().get(MixAll.MASTER_ID);
        if (address != null && !address.equals(broker.getBrokerAddr()) && broker.getMessageStoreConfig().getBrokerRole() == BrokerRole.SLAVE) {
            slave.setMasterAddr(address);
        }
    }

    /** One copy at a time: of two, the one that asked first could bring an older state behind a newer one. */
    static final class Synchronized extends SlaveSynchronize {
        private final BrokerController broker;

        Synchronized(BrokerController broker) {
            super(broker);
            this.broker = broker;
        }

        @Override
        public synchronized void syncAll() {
            super.syncAll();
        }

        /** As SlaveSynchronize.syncConsumerOffset, which writes the table to its file besides; the broker's own timer does that every 5 s. */
        synchronized void copyOffsets(String address) throws Exception {
            ConsumerOffsetSerializeWrapper copy = broker.getBrokerOuterAPI().getAllConsumerOffset(address);
            ConsumerOffsetManager offsets = broker.getConsumerOffsetManager();
            if (broker.getMessageStoreConfig().getBrokerRole() == BrokerRole.SLAVE) {
                offsets.getOffsetTable().putAll(copy.getOffsetTable());
                offsets.getDataVersion().assignNewOne(copy.getDataVersion());
            }
        }

        /** Whether all that was asked for came: {@link #syncAll} logs what did not, and says nothing. */
        synchronized boolean copies(String address) {
            PromptRegistration api = PromptRegistration.of(broker);
            long before = api.configurationsFrom(address);
            forget(broker.getTopicConfigManager().getDataVersion());
            forget(broker.getTopicQueueMappingManager().getDataVersion());
            forget(broker.getSubscriptionGroupManager().getDataVersion());
            super.syncAll();
            return api.configurationsFrom(address) == before + 2;
        }

        /**
         * RocketMQ takes no table whose version it has. But a master that changes one just then sends the table before the change with the version after it
         * (AdminBrokerProcessor.getAllTopicConfig reads them in that order), and its slave went without the change until the next one. The state version stays:
         * a name server turns away a master with an older one.
         */
        private static void forget(DataVersion own) {
            own.setCounter(new AtomicLong(-1));
        }
    }
}
