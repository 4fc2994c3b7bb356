package io.hotfire.launcher;

import java.lang.reflect.Field;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.controller.ReplicasManager;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.ha.HAConnection;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAConnection;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAService;

/**
 * Controller mode: a master's in-sync set shrinks only when the controllers have agreed. AutoSwitchHAService.removeConnection takes a
 * slave out of it as soon as its connection is gone, and GroupTransferService then acknowledges what was waiting for that slave. But
 * slaves also leave a master that has been replaced, and one of them is the new master: acknowledged messages were lost when the old
 * one was cut off, slow, or asked to hand over. Here the slave that left stays in the set, what waits for it times out unacknowledged,
 * and the controllers are asked at once, and again with each look at the set, to take it out. A master that they have replaced they refuse.
 */
final class ConsentedSyncState extends AutoSwitchHAService {
    private final Set<Long> left = ConcurrentHashMap.newKeySet();

    private ConsentedSyncState() {
    }

    /** Between the broker's initialization and its start, which is when the service begins. */
    static void install(BrokerController broker) throws ReflectiveOperationException {
        if (!(broker.getMessageStore() instanceof DefaultMessageStore store) || store.getHaService() == null
            || store.getHaService().getClass() != AutoSwitchHAService.class) {
            return;
        }
        ConsentedSyncState service = new ConsentedSyncState();
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
