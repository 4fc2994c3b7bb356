package io.hotfire.launcher.autoswitch;

import io.hotfire.launcher.internals.PrivateField;
import io.hotfire.launcher.testkit.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.GetMessageResult;
import org.apache.rocketmq.store.PutMessageStatus;
import org.apache.rocketmq.store.SelectMappedBufferResult;
import org.apache.rocketmq.store.config.BrokerRole;
import org.apache.rocketmq.store.config.FlushDiskType;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.config.StorePathConfigHelper;
import org.apache.rocketmq.store.exception.ConsumeQueueException;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAClient;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAService;
import org.apache.rocketmq.store.ha.autoswitch.EpochFileCache;
import org.apache.rocketmq.store.stats.BrokerStatsManager;

/**
 * A broker group of controller mode on loopback: real stores that replicate to each other, told their roles by the test as ReplicasManager would tell them.
 * The in-sync set is kept here as the controllers keep it: a change has to name its epoch.
 */
public final class GroupOfStores implements AutoCloseable {
    private static final BrokerStatsManager STATISTICS = new BrokerStatsManager("test", true);

    private final Path folder;
    private final List<Member> members = new ArrayList<>();
    /** What the controllers have. */
    private Set<Long> set = Set.of();
    private int setEpoch;
    private Member master;
    /** While it is closed, answers of the controllers do not arrive. */
    private CountDownLatch answers = new CountDownLatch(0);
    /** No controller is there. */
    private boolean isAlone;
    private final List<Set<Long>> asked = new ArrayList<>();

    GroupOfStores(Path folder) {
        this.folder = folder;
    }

    Member start(long id) throws Exception {
        Member member = new Member(id, Ports.free(), folder.resolve(Long.toString(id)));
        members.add(member);
        return member;
    }

    /** The same broker with a copy of its files as they are now: as it would be found after a kill, since nothing is shut down. */
    Member startKilled(Member killed) throws Exception {
        Path copy = folder.resolve(killed.id + "-" + members.size());
        try (var files = Files.walk(killed.folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(killed.folder.relativize(file).toString()));
            }
        }
        killed.stop();
        Member member = new Member(killed.id, Ports.free(), copy);
        members.add(member);
        return member;
    }

    /** The controllers elect a master, and tell who is not cut off. */
    void elect(Member master, int epoch, Member... slaves) throws Exception {
        synchronized (this) {
            set = Set.of(master.id);
            setEpoch++;
        }
        this.master = master;
        for (Member slave : slaves) {
            slave.follow(master, epoch);
        }
        master.lead(epoch, set);
    }

    /** As a restarted master is told that it still is: with the set as it is. */
    void reelect(Member master, int epoch, Member... slaves) throws Exception {
        this.master = master;
        master.lead(epoch, set);
        for (Member slave : slaves) {
            slave.follow(master, epoch);
        }
    }

    synchronized Set<Long> set() {
        return set;
    }

    synchronized List<Set<Long>> asked() {
        return List.copyOf(asked);
    }

    synchronized void holdAnswers() {
        answers = new CountDownLatch(1);
    }

    synchronized void letAnswersThrough() {
        answers.countDown();
    }

    synchronized void loseControllers(boolean isAlone) {
        this.isAlone = isAlone;
    }

    void awaitSet(Long... ids) throws Exception {
        await("in-sync set " + Set.of(ids), () -> set().equals(Set.of(ids)));
        await("the master hears of " + set(), () -> master.replication.getLocalSyncStateSet().equals(set()));
    }

    public static void await(String what, Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + 30_000_000_000L;
        while (!condition.call()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("not within 30 s: " + what);
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        answers.countDown();
        // Each takes seconds, most of them asleep.
        members.parallelStream().forEach(Member::stop);
    }

    final class Member implements SyncStateSetRequests {
        final long id;
        final int port;
        final Path folder;
        final MessageStoreConfig config = new MessageStoreConfig();
        final DefaultMessageStore store;
        final ControllerReplication replication;
        private boolean isStopped;
        private Set<Long> known = Set.of();
        private int knownEpoch;

        private Member(long id, int port, Path folder) throws Exception {
            this.id = id;
            this.port = port;
            this.folder = folder;
            config.setStorePathRootDir(folder.toString());
            config.setStorePathCommitLog(folder + "/commitlog");
            config.setStorePathEpochFile(folder + "/epoch");
            config.setHaListenPort(port);
            config.setBrokerRole(BrokerRole.SLAVE);
            config.setHaSendHeartbeatInterval(100);
            config.setHaHousekeepingInterval(2000);
            config.setTotalReplicas(3);
            config.setInSyncReplicas(2);
            config.setMinInSyncReplicas(2);
            config.setAllAckInSyncStateSet(true);
            config.setSlaveTimeout(10_000);
            config.setMappedFileSizeCommitLog(1 << 22);
            config.setMappedFileSizeConsumeQueue(1 << 20);
            config.setMaxHashSlotNum(1000);
            config.setMaxIndexNum(1000);
            config.setFlushDiskType(FlushDiskType.ASYNC_FLUSH);
            config.setTimerWheelEnable(false);
            BrokerConfig broker = new BrokerConfig();
            broker.setBrokerId(id);
            broker.setEnableControllerMode(true);
            store = new DefaultMessageStore(config, STATISTICS, null, broker, new ConcurrentHashMap<>());
            replication = ControllerReplication.install(store, this, 0);
            replication.setLocalBrokerId(id);
            store.getRunningFlags().makeFenced(false);
            if (!store.load()) {
                throw new IllegalStateException("the store does not load");
            }
            store.start();
        }

        /** In the order of ReplicasManager.changeToMaster. */
        void lead(int epoch, Set<Long> inSync) throws Exception {
            synchronized (this) {
                known = inSync;
                knownEpoch = GroupOfStores.this.setEpoch;
                replication.setSyncStateSet(new HashSet<>(inSync));
            }
            replication.changeToMaster(epoch);
            store.getBrokerConfig().setBrokerId(0);
            config.setBrokerRole(BrokerRole.SYNC_MASTER);
        }

        /** In the order of ReplicasManager.changeToSlave. */
        void follow(Member master, int epoch) {
            config.setBrokerRole(BrokerRole.SLAVE);
            store.getBrokerConfig().setBrokerId(id);
            replication.changeToSlave("127.0.0.1:" + master.port, epoch, id);
            replication.updateHaMasterAddress("127.0.0.1:" + master.port);
        }

        /** Gone for the others; its master has no answer any more. */
        void cutFromMaster() {
            replication.getHAClient().shutdown();
        }

        void breakConnection() {
            ((AutoSwitchHAClient) replication.getHAClient()).closeMaster();
        }

        PutMessageStatus put(String body) {
            return put(body.getBytes());
        }

        PutMessageStatus put(byte[] body) {
            MessageExtBrokerInner message = new MessageExtBrokerInner();
            message.setTopic("T");
            message.setBody(body);
            message.setQueueId(0);
            message.setBornTimestamp(1);
            message.setStoreHost(new InetSocketAddress("127.0.0.1", 1));
            message.setBornHost(new InetSocketAddress("127.0.0.1", 1));
            MessageAccessor.putProperty(message, "k", "v");
            message.setPropertiesString(MessageDecoder.messageProperties2String(message.getProperties()));
            return store.putMessage(message).getPutMessageStatus();
        }

        /** The bodies of all messages that a consumer gets, the first 8 characters of each. */
        List<String> read() throws ConsumeQueueException {
            List<String> bodies = new ArrayList<>();
            for (long next = 0; next < store.getMaxOffsetInQueue("T", 0);) {
                GetMessageResult found = store.getMessage("g", "T", 0, next, 32, null);
                if (found.getMessageBufferList().isEmpty()) {
                    break;
                }
                found.getMessageBufferList().forEach(one -> {
                    String body = new String(MessageDecoder.decode(one.duplicate()).getBody());
                    bodies.add(body.substring(0, Math.min(8, body.length())));
                });
                next += found.getMessageBufferList().size();
                found.release();
            }
            return bodies;
        }

        /** Its log's. */
        byte[] bytes() {
            SelectMappedBufferResult data = store.getCommitLogData(0);
            try {
                byte[] bytes = new byte[data.getSize()];
                data.getByteBuffer().get(bytes);
                return bytes;
            } finally {
                data.release();
            }
        }

        /** Its next promotion stands still where it ends its part as a slave, before its log is as it is going to be. */
        void holdPromotion(CountDownLatch goesOn) throws Exception {
            PrivateField<AutoSwitchHAClient> client = PrivateField.of(AutoSwitchHAService.class, "haClient", AutoSwitchHAClient.class);
            AutoSwitchHAClient real = client.get(replication);
            EpochFileCache epochs = PrivateField.of(AutoSwitchHAService.class, "epochCache", EpochFileCache.class).get(replication);
            client.set(replication, new AutoSwitchHAClient(replication, store, epochs, id) {
                @Override
                public void shutdown() {
                    try {
                        goesOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    real.shutdown();
                }
            });
        }

        long end() {
            return store.getMaxPhyOffset();
        }

        void awaitAllOf(Member master) throws Exception {
            await("broker " + id + " has " + end() + " of " + master.end(), () -> end() == master.end());
        }

        void stop() {
            if (!isStopped) {
                isStopped = true;
                store.shutdown();
            }
        }

        @Override
        public synchronized Basis basis() {
            return new Basis(known, knownEpoch);
        }

        @Override
        public Outcome send(Set<Long> wanted, Basis basis) {
            Set<Long> taken;
            int epoch;
            CountDownLatch arrives;
            synchronized (GroupOfStores.this) {
                if (isAlone || isStopped) {
                    return Outcome.UNKNOWN;
                }
                asked.add(Set.copyOf(wanted));
                if (basis.epoch() != setEpoch) {
                    return Outcome.REFUSED;
                }
                set = Set.copyOf(wanted);
                taken = set;
                epoch = ++setEpoch;
                arrives = answers;
            }
            try {
                arrives.await();
            } catch (InterruptedException e) {
                return Outcome.UNKNOWN;
            }
            synchronized (this) {
                known = taken;
                knownEpoch = epoch;
                replication.setSyncStateSet(new HashSet<>(taken));
            }
            return Outcome.TAKEN;
        }

        boolean wasKilled() {
            return Files.exists(Path.of(StorePathConfigHelper.getAbortFile(folder.toString())));
        }
    }
}
