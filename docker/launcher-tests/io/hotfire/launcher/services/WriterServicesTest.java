package io.hotfire.launcher.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.dledger.DLedgerGroup;
import io.hotfire.launcher.internals.BrokerInternals;
import io.hotfire.launcher.internals.DLedgerInternals;
import io.hotfire.launcher.raft.Raft;
import io.hotfire.launcher.testkit.Ports;
import io.hotfire.launcher.testkit.RealBroker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.auth.config.AuthConfig;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.store.config.BrokerRole;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A group of one with thousands of unfinished transactions, whose store is the broker's. Alone: it measures what threads take. */
@Isolated
class WriterServicesTest {
    private static final int HALF_MESSAGES = 3_000;
    /** RocketMQ's took up to 90 s; other work on the machine takes seconds. */
    private static final long LIMIT_MS = 5_000;
    /** The share of a core that no thread may exceed. */
    private static final double BUSY = 0.2;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;
    private final AtomicInteger registrations = new AtomicInteger();
    private BrokerController broker;
    private DLedgerGroup group;

    private void startGroup(boolean isPrompt) throws Exception {
        start(isPrompt, "n0-127.0.0.1:" + Ports.free());
        assertTrue(Raft.soon(this::takesWrites));
    }

    private void start(boolean isPrompt, String peers) throws Exception {
        BrokerConfig config = RealBroker.config();
        // A check every 200 ms, of every half message: the role goes in one, or right before one.
        config.setTransactionCheckInterval(200);
        config.setTransactionTimeOut(0);
        config.setTransactionCheckMax(1_000_000);
        MessageStoreConfig store = RealBroker.store(folder, peers);
        store.setMappedFileSizeCommitLog(64 << 20);
        broker = new BrokerController(config, RealBroker.server(), new NettyClientConfig(), store, new AuthConfig()) {
            @Override
            public void registerBrokerAll(boolean checkOrderConfig, boolean oneway, boolean forceRegister) {
                registrations.incrementAndGet();
            }
        };
        group = RealBroker.load(broker, isPrompt);
        FirstMetricsFlush.now(broker);
        broker.getMessageStore().start();
    }

    @AfterEach
    void stop() {
        if (group != null) {
            group.roles().shutdown();
        }
        broker.changeSpecialServiceStatus(false);
        broker.getMessageStore().shutdown();
    }

    private boolean takesWrites() {
        return group.member().isLeader() && group.store().getMessageStoreConfig().getBrokerRole() == BrokerRole.SYNC_MASTER;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unfinishedTransactionsHoldUpNoRole(boolean isPrompt) throws Exception {
        startGroup(isPrompt);
        beginTransactions();
        assertEquals(List.of(), busyThreads(2_000).stream().filter(thread -> thread.startsWith("Transactional")).toList(), "while they are");

        // Who leads is the test's choice from here on: a group of one would elect itself again.
        DLedgerInternals.NEXT_VOTE_AT.set(group.server().getDLedgerLeaderElector(), Long.MAX_VALUE);
        long took = slaveWithin();
        assertTrue(took < LIMIT_MS, () -> "a slave after " + took + " ms");
        Thread.sleep(1_000);
        assertEquals(List.of(), busyThreads(2_000));

        long asked = System.nanoTime();
        RealBroker.elect(group);
        assertTrue(Raft.soon(this::takesWrites));
        long leads = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
        assertTrue(leads < LIMIT_MS, () -> "takes writes after " + leads + " ms");
        assertTrue(RealBroker.put(group, "m").get(30, TimeUnit.SECONDS).isOk());
        long again = halfMessages();
        assertTrue(Raft.soon(() -> halfMessages() > again), "they are asked about again");
    }

    /** ReplicasManager.changeToSlave and changeToMaster of controller mode: the role first, then this call. */
    @Test
    void norARoleOfControllerMode() throws Exception {
        start(true, null);
        broker.changeSpecialServiceStatus(true);
        beginTransactions();
        broker.getMessageStoreConfig().setBrokerRole(BrokerRole.SLAVE);
        long slave = timeOf(() -> broker.changeSpecialServiceStatus(false));
        assertTrue(slave < LIMIT_MS, () -> "a slave after " + slave + " ms");
        Thread.sleep(1_000);
        assertEquals(List.of(), busyThreads(2_000));

        broker.getMessageStoreConfig().setBrokerRole(BrokerRole.SYNC_MASTER);
        long master = timeOf(() -> broker.changeSpecialServiceStatus(true));
        assertTrue(master < LIMIT_MS, () -> "a master after " + master + " ms");
        long again = halfMessages();
        assertTrue(Raft.soon(() -> halfMessages() > again), "they are asked about again");
    }

    private static long timeOf(Runnable change) {
        long began = System.nanoTime();
        change.run();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private void beginTransactions() throws InterruptedException {
        for (int sent = 0; sent < HALF_MESSAGES; sent++) {
            assertTrue(broker.getTransactionalMessageService().prepareMessage(half(sent)).isOk());
        }
        long before = halfMessages();
        assertTrue(Raft.soon(() -> halfMessages() > before + HALF_MESSAGES / 2), "they are asked about");
    }

    /** How long the role handler took, in ms. */
    private long slaveWithin() throws Exception {
        int registered = registrations.get();
        long asked = System.nanoTime();
        group.server().getDLedgerLeaderElector().changeRoleToCandidate(group.member().currTerm());
        assertTrue(Raft.soon(() -> registrations.get() > registered));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
    }

    private long halfMessages() {
        return RealBroker.queueEnd(BrokerInternals.storeOf(broker), "RMQ_SYS_TRANS_HALF_TOPIC");
    }

    private static MessageExtBrokerInner half(int number) {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        MessageExtBrokerInner message = new MessageExtBrokerInner();
        message.setTopic("T");
        message.setBody(new byte[] {1});
        // Long ago, so that it is asked about at once.
        message.setBornTimestamp(System.currentTimeMillis() - TimeUnit.MINUTES.toMillis(1));
        message.setBornHost(here);
        message.setStoreHost(here);
        MessageAccessor.putProperty(message, MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX, "id" + number);
        MessageAccessor.putProperty(message, MessageConst.PROPERTY_PRODUCER_GROUP, "P");
        message.setPropertiesString(MessageDecoder.messageProperties2String(message.getProperties()));
        return message;
    }

    /** Those of all threads that took more than their share of a core in this time. */
    private static List<String> busyThreads(long duringMs) throws InterruptedException {
        Map<Long, Long> before = new HashMap<>();
        for (long id : THREADS.getAllThreadIds()) {
            before.put(id, THREADS.getThreadCpuTime(id));
        }
        Thread.sleep(duringMs);
        List<String> busy = new ArrayList<>();
        for (long id : THREADS.getAllThreadIds()) {
            ThreadInfo thread = THREADS.getThreadInfo(id);
            double share = (THREADS.getThreadCpuTime(id) - before.getOrDefault(id, 0L)) / 1e6 / duringMs;
            if (thread != null && share > BUSY) {
                busy.add("%s: %.0f %% of a core".formatted(thread.getThreadName(), share * 100));
            }
        }
        return busy;
    }
}
