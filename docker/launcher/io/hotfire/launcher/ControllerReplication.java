package io.hotfire.launcher;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.controller.ReplicasManager;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.ha.HAConnection;
import org.apache.rocketmq.store.ha.HAConnectionState;
import org.apache.rocketmq.store.ha.HAService;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAClient;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAConnection;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAService;
import org.apache.rocketmq.store.ha.autoswitch.EpochFileCache;
import org.rocksdb.RocksDBException;

/**
 * Controller mode's replication without faults of AutoSwitchHAService (those of its client are in PromptReplica).
 *
 * A master's in-sync set shrinks only when the controllers have agreed. Its removeConnection takes a slave out as soon as its connection
 * is gone, and GroupTransferService then acknowledges what was waiting for that slave. But slaves also leave a master that has been
 * replaced, and one of them is the new master: acknowledged messages were lost when the old one was cut off, slow, or asked to hand over.
 * Here the slave that left stays in the set, what waits for it times out unacknowledged, and the controllers are asked at once, and again
 * with each look at the set, to take it out. A master that they have replaced they refuse.
 *
 * A slave goes to the master that the controllers named. It asks the name servers for that one's address at once, and where it has not
 * registered yet they name the old one; AutoSwitchHAClient then waits for its answer for as long as the connection stands, which is
 * for good when it is frozen or cut off, and the new master has no slave. Here the address follows from the one that the controllers gave,
 * what the name servers still say of the old master is not heard, and the first tries follow each other quickly.
 */
final class ControllerReplication extends AutoSwitchHAService {
    /** For 5 s, like RocketMQ's own pause between two; closer together for the first second. */
    private static final int TRIES = 40;
    private static final int CLOSE_TRIES = 20;
    private static final int CLOSE_MS = 50;
    private static final int APART_MS = 200;
    private static final long JUST_PROMOTED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Set<Long> left = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Clocks.start("HotfireReplication");
    private final int portDistance;
    private final PromptReplica.Inside inside = PromptReplica.Inside.find();
    private final PrivateField<AutoSwitchHAClient> replica = PrivateField.of(AutoSwitchHAService.class, "haClient", AutoSwitchHAClient.class);
    private final PrivateField<EpochFileCache> epochs = PrivateField.of(AutoSwitchHAService.class, "epochCache", EpochFileCache.class);
    private volatile boolean isMaster;
    private volatile long promotedAt = System.nanoTime();
    /** Where the master listened that was replaced. */
    private String replaced;

    private ControllerReplication(int portDistance) throws ReflectiveOperationException {
        this.portDistance = portDistance;
    }

    /** Between the broker's initialization and its start, which is when the service begins. */
    static void install(BrokerController broker) throws ReflectiveOperationException {
        if (!broker.getBrokerConfig().isEnableControllerMode()) {
            return;
        }
        DefaultMessageStore store = InsideBroker.storeOf(broker);
        if (store.getHaService() == null || store.getHaService().getClass() != AutoSwitchHAService.class) {
            throw new ConfigurationException("the replication of controller mode is no AutoSwitchHAService, whose faults lose messages, but "
                + store.getHaService());
        }
        int portDistance = broker.getMessageStoreConfig().getHaListenPort() - broker.getNettyServerConfig().getListenPort();
        ControllerReplication service = new ControllerReplication(portDistance);
        PrivateField.of(DefaultMessageStore.class, "haService", HAService.class).set(store, service);
        PrivateField.of(ReplicasManager.class, "haService", AutoSwitchHAService.class).set(broker.getReplicasManager(), service);
    }

    @Override
    public void removeConnection(HAConnection connection) {
        haConnectionStateNotificationService.checkConnectionStateAndNotify(connection);
        synchronized (connectionList) {
            connectionList.remove(connection);
        }
        Long slave = ((AutoSwitchHAConnection) connection).getSlaveId();
        Set<Long> rest = getLocalSyncStateSet();
        if (defaultMessageStore.isShutdown() || isConnected(slave) || !rest.remove(slave)) {
            return;
        }
        left.add(slave);
        notifySyncStateSetChanged(rest);
    }

    @Override
    public Set<Long> maybeShrinkSyncStateSet() {
        Set<Long> kept = super.maybeShrinkSyncStateSet();
        left.removeIf(this::isConnected);
        kept.removeAll(left);
        return kept;
    }

    @Override
    public boolean changeToMaster(int masterEpoch) throws RocksDBException {
        isMaster = false;
        promotedAt = System.nanoTime();
        isMaster = super.changeToMaster(masterEpoch);
        if (isMaster) {
            takeInWhoIsHere();
        }
        return isMaster;
    }

    /**
     * A new master reports its in-sync set as it was when it was promoted, without the slave that was quick to follow it; what the controllers
     * make of that came after the set with that slave, whose next report is a second away.
     */
    @Override
    public void setSyncStateSet(Set<Long> set) {
        super.setSyncStateSet(set);
        if (isMaster && System.nanoTime() - promotedAt < JUST_PROMOTED_NANOS) {
            takeInWhoIsHere();
        }
    }

    private void takeInWhoIsHere() {
        for (AutoSwitchHAConnection one : connections()) {
            if (one.getSlaveAckOffset() >= 0 && !one.isAsyncLearner()) {
                super.maybeExpandInSyncStateSet(one.getSlaveId(), one.getSlaveAckOffset());
            }
        }
    }

    @Override
    public boolean changeToMasterWhenLastRoleIsMaster(int masterEpoch) {
        isMaster = super.changeToMasterWhenLastRoleIsMaster(masterEpoch);
        return isMaster;
    }

    /** A slave may be here before this broker is master: compared with what the old one had confirmed, it could count as in sync too early. */
    @Override
    public void maybeExpandInSyncStateSet(Long slave, long slaveMaxOffset) {
        if (isMaster) {
            super.maybeExpandInSyncStateSet(slave, slaveMaxOffset);
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

    @Override
    public synchronized boolean changeToSlave(String newMasterAddr, int newMasterEpoch, Long slaveId) {
        isMaster = false;
        String before = getHAClient() == null ? null : getHAClient().getHaMasterAddress();
        if (getHAClient() == null && !haveReplica(slaveId)) {
            return false;
        }
        boolean isDone = super.changeToSlave(newMasterAddr, newMasterEpoch, slaveId);
        if (isDone && getHAClient() instanceof AutoSwitchHAClient client) {
            String next = haAddressOf(newMasterAddr);
            replaced = next.equals(before) ? null : before;
            super.updateHaMasterAddress(next);
            hurry(client, 0);
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

    /** A connection that was refused or closed is tried again only after 5 s otherwise; the new master may just be becoming it. */
    private void hurry(AutoSwitchHAClient client, int tries) {
        if (client.getCurrentState() == HAConnectionState.READY) {
            client.wakeup();
        }
        if (tries < TRIES) {
            int pause = tries < CLOSE_TRIES ? CLOSE_MS : APART_MS;
            clock.schedule(() -> hurry(client, tries + 1), pause, TimeUnit.MILLISECONDS);
        }
    }

    /** All brokers of a group keep the same distance between their two ports. */
    private String haAddressOf(String address) {
        int colon = address.lastIndexOf(':');
        return address.substring(0, colon + 1) + (Integer.parseInt(address.substring(colon + 1)) + portDistance);
    }

    private boolean isConnected(Long slave) {
        return connections().stream().anyMatch(one -> Objects.equals(one.getSlaveId(), slave));
    }

    private List<AutoSwitchHAConnection> connections() {
        synchronized (connectionList) {
            return connectionList.stream().map(AutoSwitchHAConnection.class::cast).toList();
        }
    }
}
