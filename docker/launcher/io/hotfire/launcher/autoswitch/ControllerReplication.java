package io.hotfire.launcher.autoswitch;

import io.hotfire.launcher.configuration.ConfigurationException;
import io.hotfire.launcher.internals.BrokerInternals;
import io.hotfire.launcher.internals.PrivateField;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.controller.ReplicasManager;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.ha.HAConnection;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAClient;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAConnection;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAService;
import org.apache.rocketmq.store.ha.autoswitch.EpochFileCache;
import org.rocksdb.RocksDBException;

/**
 * Controller mode's replication without faults of AutoSwitchHAService (those of its client are in PromptReplica).
 *
 * Which slaves a master waits for is {@link InSyncSet}'s. removeConnection of RocketMQ takes a slave out of the set as soon as its connection is gone, and
 * acknowledges what was waiting for it; but slaves also leave a master that has been replaced, and one of them is the new master.
 *
 * A master lets slaves in when its log and epochs are final. RocketMQ shakes hands at any time: a slave that came while this broker was still cutting an
 * unfinished message off its log had kept that piece, and went on behind it. Here who comes during a promotion waits for its end, and
 * who came before it comes again.
 *
 * A slave goes to the master that the controllers named. It asks the name servers for that one's address at once, and where it has not
 * registered yet they name the old one; AutoSwitchHAClient then waits for its answer for as long as the connection stands, which is
 * for good when it is frozen or cut off, and the new master has no slave. Here the address follows from the one that the controllers gave,
 * what the name servers still say of the old master is not heard, and the first tries follow each other quickly.
 */
public final class ControllerReplication extends AutoSwitchHAService {
    private static final long INDEXED_EVERY_MS = 2;

    private final Reconnection reconnection = new Reconnection();
    private final int portDistance;
    private final LastShutdown lastShutdown;
    private final SyncStateSetRequests requests;
    private final InSyncSet inSync;
    private final RoleGeneration generation = new RoleGeneration();
    private final PromptReplica.Inside inside = PromptReplica.Inside.find();
    private final PrivateField<AutoSwitchHAClient> replica = PrivateField.of(AutoSwitchHAService.class, "haClient", AutoSwitchHAClient.class);
    private final PrivateField<EpochFileCache> epochs = PrivateField.of(AutoSwitchHAService.class, "epochCache", EpochFileCache.class);
    private final Object gate = new Object();
    private boolean isChanging;
    /** The generation of the role in which the newest connection was accepted. */
    private int admitted;
    private volatile boolean isMaster;
    /** Where the master listened that was replaced. */
    private String replaced;

    private ControllerReplication(DefaultMessageStore store, SyncStateSetRequests requests, int portDistance)
        throws ReflectiveOperationException, IOException {
        this.defaultMessageStore = store;
        this.requests = requests;
        this.portDistance = portDistance;
        this.lastShutdown = new LastShutdown(store.getMessageStoreConfig());
        this.inSync = new InSyncSet(requests, this::slaveAcks, store::getConfirmOffset,
            () -> store.getMessageStoreConfig().getMinInSyncReplicas());
    }

    /** Between the broker's initialization and its start, which is when the service begins. */
    public static void install(BrokerController broker) throws ReflectiveOperationException, IOException {
        if (!broker.getBrokerConfig().isEnableControllerMode()) {
            return;
        }
        DefaultMessageStore store = BrokerInternals.storeOf(broker);
        if (store.getHaService() == null || store.getHaService().getClass() != AutoSwitchHAService.class) {
            throw new ConfigurationException("the replication of controller mode is no AutoSwitchHAService, whose faults lose messages, but "
                + store.getHaService());
        }
        int portDistance = broker.getMessageStoreConfig().getHaListenPort() - broker.getNettyServerConfig().getListenPort();
        ControllerSyncStateSetRequests requests = new ControllerSyncStateSetRequests(broker.getReplicasManager());
        broker.getBrokerOuterAPI().registerRPCHook(requests);
        ControllerReplication service = install(store, requests, portDistance);
        PrivateField.of(ReplicasManager.class, "haService", AutoSwitchHAService.class).set(broker.getReplicasManager(), service);
    }

    static ControllerReplication install(DefaultMessageStore store, SyncStateSetRequests requests, int portDistance)
        throws ReflectiveOperationException, IOException {
        ControllerReplication service = new ControllerReplication(store, requests, portDistance);
        BrokerInternals.HA_SERVICE.set(store, service);
        StillMaster.install(store, service.generation);
        return service;
    }

    @Override
    public void init(DefaultMessageStore store) throws IOException {
        super.init(store);
        acceptSocketService = new Gate(store.getMessageStoreConfig());
        groupTransferService = new SlaveAcks(this, store, generation, inSync);
    }

    @Override
    public void shutdown() {
        isMaster = false;
        inSync.end();
        super.shutdown();
    }

    @Override
    public void registerSyncStateSetChangedListener(Consumer<Set<Long>> listener) {
        if (requests instanceof ControllerSyncStateSetRequests controllers) {
            controllers.through(listener);
        }
    }

    // ---- the in-sync set ----

    @Override
    public void setSyncStateSet(Set<Long> set) {
        inSync.agree(set);
        super.setSyncStateSet(set);
        takeInWhoIsHere();
    }

    @Override
    public Set<Long> getSyncStateSet() {
        return inSync.needed();
    }

    @Override
    public int inSyncReplicasNums(long masterPutWhere) {
        return inSync.needed().size();
    }

    /** Asked for by {@link InSyncSet} itself; ReplicasManager, which compares this with what it knows, has nothing to ask for. */
    @Override
    public Set<Long> maybeShrinkSyncStateSet() {
        Set<Long> behind = getLocalSyncStateSet();
        behind.removeAll(super.maybeShrinkSyncStateSet());
        inSync.areBehind(behind);
        return requests.basis().set();
    }

    @Override
    public void maybeExpandInSyncStateSet(Long slave, long slaveMaxOffset) {
        inSync.reported(slave);
    }

    /** A new master reports its set as it was when it was promoted; a slave that was quick to follow it would come in with its next report, a second later. */
    private void takeInWhoIsHere() {
        slaveAcks().keySet().forEach(inSync::reported);
    }

    /** RocketMQ leaves out a slave that has connected and not said what it has. */
    @Override
    public long computeConfirmOffset() {
        Map<Long, Long> has = slaveAcks();
        long offset = defaultMessageStore.getMaxPhyOffset();
        for (Long slave : inSync.needed()) {
            if (!slave.equals(getLocalBrokerId())) {
                offset = Math.min(offset, has.getOrDefault(slave, -1L));
            }
        }
        return offset < 0 ? defaultMessageStore.getCommitLog().getConfirmOffsetDirectly() : offset;
    }

    @Override
    public void updateConfirmOffsetWhenSlaveAck(Long slave) {
        super.updateConfirmOffsetWhenSlaveAck(slave);
        groupTransferService.notifyTransferSome();
    }

    /** What each slave has said that it has, on its newest connection. */
    private Map<Long, Long> slaveAcks() {
        Map<Long, Long> acks = new LinkedHashMap<>();
        for (AutoSwitchHAConnection one : connections()) {
            if (one.getSlaveId() >= 0 && !one.isAsyncLearner()) {
                acks.put(one.getSlaveId(), one.getSlaveAckOffset());
            }
        }
        return acks;
    }

    // ---- roles ----

    /** As in AutoSwitchHAService, but for the gate and {@link EpochLabels}. */
    @Override
    public boolean changeToMaster(int masterEpoch) throws RocksDBException {
        EpochFileCache labels = epochs.get(this);
        if (masterEpoch < labels.lastEpoch()) {
            System.err.println("hotfire: this broker's log has epoch " + labels.lastEpoch() + ", the controllers say " + masterEpoch
                + ": it replicates to nobody (docs/explanation/failover.md, \"Epochs that ran away\")");
            return false;
        }
        beginChange();
        try {
            destroyConnections();
            endReplica();
            truncateInvalidMsg();
            long end = defaultMessageStore.getMaxPhyOffset();
            defaultMessageStore.setConfirmOffset(computeConfirmOffset());
            EpochLabels.enter(labels, masterEpoch, end, lastShutdown.isLogWhole());
            lastShutdown.isSettled();
            awaitIndex();
            if (defaultMessageStore.isTransientStorePoolEnable()) {
                waitingForAllCommit();
                defaultMessageStore.getTransientStorePool().setRealCommit(true);
            }
            defaultMessageStore.recoverTopicQueueTable();
            defaultMessageStore.setStateMachineVersion(masterEpoch);
            isMaster = true;
            inSync.begin(generation.number(), getLocalBrokerId(), end);
            System.out.println("hotfire: master of epoch " + masterEpoch + " from offset " + end + ", epochs " + labels.getAllEntries());
            return true;
        } finally {
            endChange();
        }
    }

    /**
     * A replica's thread starts its FlowMonitor when it begins to run. One that is ended in that moment, of a slave that is promoted as soon as it follows, is
     * started and has no thread yet, and ServiceThread.shutdown fails on it. It counts as ended then: the second call ends the rest.
     */
    private void endReplica() {
        if (getHAClient() == null) {
            return;
        }
        try {
            getHAClient().shutdown();
        } catch (NullPointerException isStarting) {
            getHAClient().shutdown();
        }
    }

    private void awaitIndex() {
        while (defaultMessageStore.dispatchBehindBytes() > 0) {
            try {
                Thread.sleep(INDEXED_EVERY_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void beginChange() {
        synchronized (gate) {
            isChanging = true;
        }
        isMaster = false;
        generation.next();
        inSync.end();
    }

    private void endChange() {
        synchronized (gate) {
            isChanging = false;
            gate.notifyAll();
        }
    }

    /** Still master, of a newer epoch. One that begins where the last one did stays that one: both are this broker's, and slaves are reading it. */
    @Override
    public boolean changeToMasterWhenLastRoleIsMaster(int masterEpoch) {
        isMaster = super.changeToMasterWhenLastRoleIsMaster(masterEpoch);
        return isMaster;
    }

    @Override
    public synchronized boolean changeToSlave(String newMasterAddr, int newMasterEpoch, Long slaveId) {
        isMaster = false;
        generation.next();
        inSync.end();
        String before = getHAClient() == null ? null : getHAClient().getHaMasterAddress();
        if (getHAClient() == null && !haveReplica(slaveId)) {
            return false;
        }
        boolean isDone = super.changeToSlave(newMasterAddr, newMasterEpoch, slaveId);
        if (isDone && getHAClient() instanceof AutoSwitchHAClient client) {
            String next = haAddressOf(newMasterAddr);
            replaced = next.equals(before) ? null : before;
            super.updateHaMasterAddress(next);
            reconnection.begin(client);
        }
        return isDone;
    }

    private boolean haveReplica(Long slaveId) {
        try {
            replica.set(this, new PromptReplica(inside, this, defaultMessageStore, epochs.get(this), slaveId));
            return true;
        } catch (IOException e) {
            System.err.println("hotfire: no replication from the new master: " + e);
            return false;
        }
    }

    @Override
    public synchronized void updateHaMasterAddress(String address) {
        if (address == null || !address.equals(replaced)) {
            super.updateHaMasterAddress(address);
        }
    }

    /** All brokers of a group keep the same distance between their two ports. */
    private String haAddressOf(String address) {
        int colon = address.lastIndexOf(':');
        return address.substring(0, colon + 1) + (Integer.parseInt(address.substring(colon + 1)) + portDistance);
    }

    // ---- connections ----

    private final class Gate extends AcceptSocketService {
        Gate(MessageStoreConfig config) {
            super(config);
        }

        @Override
        public String getServiceName() {
            return "HotfireGate";
        }

        @Override
        protected HAConnection createConnection(SocketChannel channel) throws IOException {
            synchronized (gate) {
                while (isChanging) {
                    try {
                        gate.wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IOException("this broker stops");
                    }
                }
                admitted = generation.number();
            }
            return new AutoSwitchHAConnection(ControllerReplication.this, channel, epochs.get(ControllerReplication.this));
        }
    }

    /** On the thread that accepts. Its socket closed, the connection ends by itself. */
    @Override
    public void addConnection(HAConnection connection) {
        synchronized (connectionList) {
            if (generation.isOver(admitted)) {
                connection.close();
            } else {
                connectionList.add(connection);
            }
        }
    }

    @Override
    public void removeConnection(HAConnection connection) {
        haConnectionStateNotificationService.checkConnectionStateAndNotify(connection);
        synchronized (connectionList) {
            connectionList.remove(connection);
        }
        if (!defaultMessageStore.isShutdown()) {
            inSync.left(((AutoSwitchHAConnection) connection).getSlaveId());
        }
    }

    /**
     * A connection is in the list just before its threads are started; RocketMQ trips over one of those, and this broker, promoted at that
     * moment, would never be master. Its socket closed, they end by themselves.
     */
    @Override
    public void destroyConnections() {
        synchronized (connectionList) {
            for (HAConnection one : connectionList) {
                try {
                    one.shutdown();
                } catch (NullPointerException e) {
                    one.close();
                }
            }
            connectionList.clear();
        }
    }

    private List<AutoSwitchHAConnection> connections() {
        synchronized (connectionList) {
            return connectionList.stream().map(AutoSwitchHAConnection.class::cast).toList();
        }
    }
}
