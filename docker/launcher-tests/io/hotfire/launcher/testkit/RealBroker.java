package io.hotfire.launcher.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hotfire.launcher.dledger.DLedgerGroup;
import io.hotfire.launcher.internals.DLedgerInternals;
import io.hotfire.launcher.nameserver.PromptRegistration;
import io.hotfire.launcher.polling.IdlePolling;
import io.hotfire.launcher.raft.DurableMember;
import io.hotfire.launcher.raft.Raft;
import io.hotfire.launcher.services.PopRevival;
import io.hotfire.launcher.services.WriterServices;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.auth.config.AuthConfig;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.BrokerPathConfigHelper;
import org.apache.rocketmq.broker.client.ClientChannelInfo;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyServerConfig;
import org.apache.rocketmq.remoting.protocol.heartbeat.ConsumeType;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.apache.rocketmq.remoting.protocol.heartbeat.SubscriptionData;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.GetMessageResult;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.RunningFlags;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.timer.TimerCheckpoint;

/** RocketMQ's broker in a folder, on loopback, with the launcher's mends; a DLedger member where it is given peers. */
public final class RealBroker {
    private RealBroker() {
    }

    public static BrokerController make(Path folder, String peers) throws IOException {
        return new BrokerController(config(), server(), new NettyClientConfig(), store(folder, peers), new AuthConfig()) {
            /** The services of a master: only its store is started, and to end one that was never there takes up to 90 s. */
            @Override
            public void changeSpecialServiceStatus(boolean shouldStart) {
            }
        };
    }

    public static BrokerConfig config() {
        BrokerConfig config = new BrokerConfig();
        config.setBrokerIP1("127.0.0.1");
        config.setRocketmqHome("/none");
        return config;
    }

    public static NettyServerConfig server() throws IOException {
        NettyServerConfig config = new NettyServerConfig();
        config.setListenPort(Ports.free());
        return config;
    }

    public static MessageStoreConfig store(Path folder, String peers) throws IOException {
        MessageStoreConfig config = new MessageStoreConfig();
        config.setStorePathRootDir(folder.toString());
        config.setStorePathCommitLog(folder.resolve("commitlog").toString());
        config.setMappedFileSizeCommitLog(1 << 20);
        config.setMappedFileSizeConsumeQueue(20 * 1000);
        config.setMaxHashSlotNum(1000);
        config.setMaxIndexNum(1000);
        config.setTimerWheelEnable(false);
        config.setHaListenPort(Ports.free());
        if (peers != null) {
            config.setEnableDLegerCommitLog(true);
            config.setdLegerGroup(Raft.GROUP);
            config.setdLegerPeers(peers);
            config.setdLegerSelfId("n0");
        }
        return config;
    }

    /** With a timer wheel that has turned until now: a new one begins a week back, and nothing is due, and no message revived, for half a minute. */
    public static void turnWheel(MessageStoreConfig config) throws IOException {
        config.setTimerWheelEnable(true);
        TimerCheckpoint checkpoint = new TimerCheckpoint(BrokerPathConfigHelper.getTimerCheckPath(config.getStorePathRootDir()));
        checkpoint.setLastReadTimeMs(System.currentTimeMillis() / 1000 * 1000);
        checkpoint.shutdown();
    }

    public static void takesWrites(DefaultMessageStore store, boolean takes) {
        RunningFlags flags = store.getRunningFlags();
        if (takes) {
            flags.getAndMakeWriteable();
        } else {
            flags.getAndMakeStoreNotWriteable();
        }
        assertEquals(takes, flags.isWriteable());
    }

    /** Loaded, as the launcher does it. */
    public static DLedgerGroup load(BrokerController broker, boolean isPrompt) throws Exception {
        PromptRegistration.install(broker);
        PopRevival.install(broker);
        broker.initializeMetadata();
        broker.initializeMessageStore();
        DLedgerGroup group = DLedgerGroup.mend(broker, isPrompt);
        if (!broker.recoverAndInitService()) {
            throw new IllegalStateException("the broker did not initialize");
        }
        if (group != null) {
            group.forgetUncommitted();
            IdlePolling.install(group);
        }
        WriterServices.install(broker);
        return group;
    }

    /** The member leads in the next term, as if the others had voted for it. */
    public static void elect(DLedgerGroup group) {
        elect(group, group.entries().getCommittedIndex());
    }

    /** {@code committed} is what it knows to be committed when it is elected. */
    public static void elect(DLedgerGroup group, long committed) {
        DurableMember member = group.member();
        Raft.founds(member);
        synchronized (member) {
            group.server().getDLedgerLeaderElector().changeRoleToCandidate(member.currTerm());
            long term = member.nextTerm();
            member.setCurrVoteFor(member.getSelfId());
            DLedgerInternals.COMMITTED_INDEX.set(group.entries(), committed);
            group.server().getDLedgerLeaderElector().changeRoleToLeader(term);
        }
    }

    public static CompletableFuture<PutMessageResult> put(DLedgerGroup group, String body) {
        return put(group, body.getBytes(StandardCharsets.UTF_8));
    }

    public static CompletableFuture<PutMessageResult> put(DLedgerGroup group, byte[] body) {
        return group.store().asyncPutMessage(message(body));
    }

    public static MessageExtBrokerInner message(byte[] body) {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        MessageExtBrokerInner message = new MessageExtBrokerInner();
        message.setTopic("T");
        message.setBody(body);
        message.setBornTimestamp(System.currentTimeMillis());
        message.setBornHost(here);
        message.setStoreHost(here);
        MessageAccessor.putProperty(message, "k", "v");
        message.setPropertiesString(MessageDecoder.messageProperties2String(message.getProperties()));
        return message;
    }

    /** As HeartbeatThread takes it; {@code isTold}: whether the group is told that it has changed. */
    public static void heartbeat(BrokerController broker, String group, ClientChannelInfo client, SubscriptionData subscription, boolean isTold) {
        broker.getConsumerManager().registerConsumer(group, client, ConsumeType.CONSUME_PASSIVELY, MessageModel.CLUSTERING,
            ConsumeFromWhere.CONSUME_FROM_LAST_OFFSET, Set.of(subscription), isTold);
    }

    public static long queueEnd(DLedgerGroup group) {
        return queueEnd(group.store(), "T");
    }

    /** Messages in all queues of a topic. RocketMQ enters a topic first, and then its queue. */
    public static long queueEnd(DefaultMessageStore store, String topic) {
        var queues = store.getConsumeQueueTable().get(topic);
        return queues == null ? 0 : queues.values().stream().mapToLong(queue -> queue.getMaxOffsetInQueue()).sum();
    }

    /** The body of the message at that offset of the queue. */
    public static byte[] read(DLedgerGroup group, long offset) {
        GetMessageResult found = group.store().getMessage("readers", "T", 0, offset, 1, null);
        try {
            return MessageDecoder.decode(found.getMessageBufferList().get(0)).getBody();
        } finally {
            found.release();
        }
    }

    /** What a process that is killed at this moment leaves behind. */
    public static void copyAsKilled(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.endsWith("lock")) {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
