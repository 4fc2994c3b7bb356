package io.hotfire.launcher.simulated;

import io.hotfire.launcher.controller.ControllerLog;
import io.hotfire.launcher.internals.PrivateField;
import io.openmessaging.storage.dledger.DLedgerServer;
import java.util.Map;
import org.apache.rocketmq.common.ControllerConfig;
import org.apache.rocketmq.controller.impl.event.EventSerializer;
import org.apache.rocketmq.controller.impl.manager.ReplicasInfoManager;
import org.apache.rocketmq.controller.impl.manager.SyncStateInfo;

/** What a controller puts behind its DLedger server, and a look at what it believes. */
public final class ControllerMember {
    @SuppressWarnings("rawtypes")
    private static final PrivateField<Map> SETS = PrivateField.of(ReplicasInfoManager.class, "syncStateSetInfoTable", Map.class);

    private ControllerMember() {
    }

    /** Returns its memory. */
    public static ReplicasInfoManager install(DLedgerServer server, boolean isFast, ControllerConfig config, EventSerializer serializer, Runnable onReplaced) {
        ControllerLog mended = ControllerLog.mend(server, config, serializer, term -> { }, onReplaced);
        mended.hasten(isFast ? FastMember.FAST : null);
        return mended.memory();
    }

    public static String state(ReplicasInfoManager manager, String group) {
        SyncStateInfo info = info(manager, group);
        return info == null ? "nothing" : "master " + info.getMasterBrokerId() + " of epoch " + info.getMasterEpoch() + ", set " + info.getSyncStateSet()
            + " of epoch " + info.getSyncStateSetEpoch();
    }

    /** What it knows of a group of brokers, or null. */
    public static SyncStateInfo info(ReplicasInfoManager manager, String group) {
        return (SyncStateInfo) SETS.get(manager).get(group);
    }
}
