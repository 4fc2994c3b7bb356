package io.hotfire.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.controller.ReplicasManager;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.ha.HAConnection;
import org.apache.rocketmq.store.ha.HAConnectionState;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAClient;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAConnection;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAService;
import org.rocksdb.RocksDBException;

/**
 * Controller mode's replication without two faults of AutoSwitchHAService.
 *
 * A master's in-sync set shrinks only when the controllers have agreed. Its removeConnection takes a slave out as soon as its connection
 * is gone, and GroupTransferService then acknowledges what was waiting for that slave. But slaves also leave a master that has been
 * replaced, and one of them is the new master: acknowledged messages were lost when the old one was cut off, slow, or asked to hand over.
 * Here the slave that left stays in the set, what waits for it times out unacknowledged, and the controllers are asked at once, and again
 * with each look at the set, to take it out. A master that they have replaced they refuse.
 *
 * A slave lets go of a master that does not answer its handshake when it hears of another one. It asks the name servers for the new
 * master's address at once, and where that one has not registered yet they name the old one; AutoSwitchHAClient then waits for its
 * answer for as long as the connection stands, which is for good when it is frozen or cut off, and the new master has no slave.
 */
final class ControllerReplication extends AutoSwitchHAService {
    private final Set<Long> left = ConcurrentHashMap.newKeySet();

    private ControllerReplication() {
    }

    /** Between the broker's initialization and its start, which is when the service begins. */
    static void install(BrokerController broker) throws ReflectiveOperationException {
        if (!(broker.getMessageStore() instanceof DefaultMessageStore store) || store.getHaService() == null
            || store.getHaService().getClass() != AutoSwitchHAService.class) {
            return;
        }
        ControllerReplication service = new ControllerReplication();
        set(DefaultMessageStore.class, store, service);
        set(ReplicasManager.class, broker.getReplicasManager(), service);
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
    public synchronized boolean changeToMaster(int masterEpoch) throws RocksDBException {
        return super.changeToMaster(masterEpoch);
    }

    @Override
    public synchronized boolean changeToSlave(String newMasterAddr, int newMasterEpoch, Long slaveId) {
        return super.changeToSlave(newMasterAddr, newMasterEpoch, slaveId);
    }

    @Override
    public synchronized void updateHaMasterAddress(String address) {
        boolean isStuck = getHAClient() instanceof AutoSwitchHAClient client && client.getCurrentState() == HAConnectionState.HANDSHAKE
            && address != null && !address.equals(client.getHaMasterAddress());
        if (!isStuck) {
            super.updateHaMasterAddress(address);
            return;
        }
        AutoSwitchHAClient client = (AutoSwitchHAClient) getHAClient();
        try {
            client.reOpen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client.updateHaMasterAddress(address);
        client.start();
    }

    private boolean isConnected(Long slave) {
        synchronized (connectionList) {
            return connectionList.stream().anyMatch(one -> Objects.equals(((AutoSwitchHAConnection) one).getSlaveId(), slave));
        }
    }

    private static void set(Class<?> owner, Object target, AutoSwitchHAService service) throws ReflectiveOperationException {
        Field field = owner.getDeclaredField("haService");
        field.setAccessible(true);
        field.set(target, service);
    }
}
