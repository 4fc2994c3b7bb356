package io.hotfire.launcher.internals;

import io.openmessaging.storage.dledger.DLedgerServer;
import java.nio.channels.Selector;
import java.util.List;
import org.apache.rocketmq.broker.controller.ReplicasManager;
import org.apache.rocketmq.controller.impl.DLedgerController;
import org.apache.rocketmq.controller.impl.heartbeat.DefaultBrokerHeartbeatManager;
import org.apache.rocketmq.controller.impl.manager.ReplicasInfoManager;
import org.apache.rocketmq.store.CommitLog;
import org.apache.rocketmq.store.FlushManager;
import org.apache.rocketmq.store.ha.HAConnectionState;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAClient;
import org.apache.rocketmq.store.ha.autoswitch.AutoSwitchHAService;
import org.apache.rocketmq.store.ha.autoswitch.EpochFileCache;
import org.apache.rocketmq.store.ha.io.AbstractHAReader;
import org.apache.rocketmq.store.ha.io.HAWriter;

/** What the classes of controller mode reach of private members, looked for before anything starts. */
public final class ControllerModeInternals {
    private static final PrivateMembers CONTROLLER = new PrivateMembers();

    public static final PrivateField<DLedgerServer> SERVER = CONTROLLER.field(DLedgerController.class, "dLedgerServer", DLedgerServer.class);
    public static final PrivateField<ReplicasInfoManager> REPLICAS_INFO = CONTROLLER.field(DLedgerController.class, "replicasInfoManager", ReplicasInfoManager.class);
    @SuppressWarnings("rawtypes")
    public static final PrivateField<List> LIFECYCLE_LISTENERS = CONTROLLER.field(DefaultBrokerHeartbeatManager.class, "brokerLifecycleListeners", List.class);

    private ControllerModeInternals() {
    }

    static void checkBroker() {
        PrivateMembers members = new PrivateMembers();
        members.field(ReplicasManager.class, "haService", AutoSwitchHAService.class);
        members.field(CommitLog.class, "flushManager", FlushManager.class);
        members.field(AutoSwitchHAService.class, "haClient", AutoSwitchHAClient.class);
        members.field(AutoSwitchHAService.class, "epochCache", EpochFileCache.class);
        members.field(AutoSwitchHAClient.class, "selector", Selector.class);
        members.field(AutoSwitchHAClient.class, "haReader", AbstractHAReader.class);
        members.field(AutoSwitchHAClient.class, "haWriter", HAWriter.class);
        members.field(AutoSwitchHAClient.class, "currentReceivedEpoch", int.class);
        members.method(AutoSwitchHAClient.class, "reportSlaveOffset", HAConnectionState.class, long.class);
        members.check();
    }

    static void checkController() {
        CONTROLLER.check();
        DLedgerInternals.check();
    }
}
