package io.hotfire.launcher.controller;

import io.hotfire.launcher.internals.ControllerModeInternals;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.rocketmq.controller.BrokerHeartbeatManager;
import org.apache.rocketmq.controller.helper.BrokerLifecycleListener;
import org.apache.rocketmq.controller.helper.BrokerValidPredicate;
import org.apache.rocketmq.controller.impl.heartbeat.DefaultBrokerHeartbeatManager;
import org.apache.rocketmq.controller.impl.manager.ReplicasInfoManager;
import org.apache.rocketmq.remoting.protocol.header.controller.GetReplicaInfoRequestHeader;

/**
 * Which brokers a controller takes for alive. Those whose heartbeats it hears, as RocketMQ; and, for a while after it has come to lead, a group's master of which this process
 * has not heard at all yet. A controller that was started a moment ago knows no broker, and brokers send it heartbeats once they have found that it is back, each at a time
 * of its own: with the first one that spoke the controller replaced the master, which spoke 0.8 s later (writes were refused for 3.6 s). A master that
 * was heard and then missed is gone, as ever.
 */
final class MasterGracePeriod implements BrokerValidPredicate, BrokerLifecycleListener {
    /**
     * Brokers look every 3 s for controllers that they did not reach (ReplicasManager.scanAvailableControllerAddresses), with up to 3 s for one that does
     * not answer beside them, and send the first heartbeat within the next second.
     */
    static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(7);

    private final BrokerHeartbeatManager heartbeats;
    private final ReplicasInfoManager memory;
    private final LongSupplier nanos;
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private volatile long leadsTerm = -1;
    private volatile long leadsSince;

    MasterGracePeriod(BrokerHeartbeatManager heartbeats, ReplicasInfoManager memory, LongSupplier nanos) {
        this.heartbeats = heartbeats;
        this.memory = memory;
        this.nanos = nanos;
        if (heartbeats instanceof DefaultBrokerHeartbeatManager) {
            // Before those who act on it, and then ask.
            listeners(heartbeats).add(0, this);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<BrokerLifecycleListener> listeners(BrokerHeartbeatManager heartbeats) {
        return ControllerModeInternals.LIFECYCLE_LISTENERS.get(heartbeats);
    }

    /** This controller has all of the log, and leads in that term. */
    void leads(long term) {
        if (term != leadsTerm) {
            leadsSince = nanos.getAsLong();
            leadsTerm = term;
        }
    }

    @Override
    public void onBrokerInactive(String cluster, String group, Long broker) {
        gone.add(group + "/" + broker);
    }

    @Override
    public boolean check(String cluster, String group, Long broker) {
        if (heartbeats.isBrokerActive(cluster, group, broker)) {
            gone.remove(group + "/" + broker);
            return true;
        }
        return heartbeats.getBrokerLiveInfo(cluster, group, broker) == null && !gone.contains(group + "/" + broker)
            && nanos.getAsLong() - leadsSince < WAIT_NANOS && broker.equals(memory.getReplicaInfo(new GetReplicaInfoRequestHeader(group)).getResponse().getMasterBrokerId());
    }
}
