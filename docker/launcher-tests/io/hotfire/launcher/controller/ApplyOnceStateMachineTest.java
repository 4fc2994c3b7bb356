package io.hotfire.launcher.controller;

import static io.hotfire.launcher.autoswitch.GroupOfStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hotfire.launcher.internals.ControllerModeInternals;
import io.hotfire.launcher.internals.PrivateField;
import io.hotfire.launcher.testkit.Ports;
import io.openmessaging.storage.dledger.DLedgerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.ControllerConfig;
import org.apache.rocketmq.controller.impl.DLedgerController;
import org.apache.rocketmq.controller.impl.manager.ReplicasInfoManager;
import org.apache.rocketmq.controller.impl.manager.SyncStateInfo;
import org.apache.rocketmq.remoting.protocol.body.SyncStateSet;
import org.apache.rocketmq.remoting.protocol.header.controller.AlterSyncStateSetRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.ElectMasterRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.register.ApplyBrokerIdRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.register.RegisterBrokerToControllerRequestHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Three real controllers on loopback, with timers that elect soon. */
@Execution(ExecutionMode.CONCURRENT)
class ApplyOnceStateMachineTest {
    private static final int SIZE = 3;

    @TempDir
    Path folder;
    private final DLedgerController[] controllers = new DLedgerController[SIZE];
    private final List<String> peers = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < SIZE; i++) {
            peers.add("n" + i + "-127.0.0.1:" + Ports.free());
        }
        for (int i = 0; i < SIZE; i++) {
            start(i);
        }
    }

    @AfterEach
    void stop() {
        List.of(controllers).parallelStream().forEach(DLedgerController::shutdown);
    }

    @Test
    void aControllerThatWasDownDuringTwoSwitchesNamesTheSameEpochs() throws Exception {
        DLedgerController leader = leader();
        for (long broker = 1; broker <= SIZE; broker++) {
            String address = "10.0.0." + broker + ":10911";
            leader.applyBrokerId(new ApplyBrokerIdRequestHeader("c", "g", broker, address + ";1")).get(30, TimeUnit.SECONDS);
            leader.registerBroker(new RegisterBrokerToControllerRequestHeader("c", "g", broker, address)).get(30, TimeUnit.SECONDS);
        }
        leader.electMaster(ElectMasterRequestHeader.ofBrokerTrigger("c", "g", 1L)).get(30, TimeUnit.SECONDS);
        takeInAll(leader, 1);
        awaitSame("master 1 of epoch 1, set [1, 2, 3] of epoch 2");

        int down = leader == controllers[0] ? 1 : 0;
        controllers[down].shutdown();
        for (long next : new long[] {2, 1}) {
            leader.electMaster(ElectMasterRequestHeader.ofAdminTrigger("c", "g", next)).get(30, TimeUnit.SECONDS);
            takeInAll(leader, next);
        }
        start(down);
        awaitSame("master 1 of epoch 3, set [1, 2, 3] of epoch 6");
    }

    private void start(int index) throws Exception {
        ControllerConfig config = new ControllerConfig();
        config.setControllerDLegerGroup("controllers");
        config.setControllerDLegerPeers(String.join(";", peers));
        config.setControllerDLegerSelfId("n" + index);
        config.setControllerStorePath(folder.resolve("n" + index).toString());
        config.setMappedFileSize(1 << 22);
        config.setScanInactiveMasterInterval(1_000_000);
        DLedgerController controller = new DLedgerController(config, (cluster, group, broker) -> true);
        ControllerLog.mend(controller, term -> { });
        DLedgerConfig timers = ControllerModeInternals.SERVER.get(controller).getDLedgerConfig();
        timers.setHeartBeatTimeIntervalMs(300);
        timers.setMinVoteIntervalMs(100);
        timers.setMaxVoteIntervalMs(300);
        controller.startup();
        controllers[index] = controller;
    }

    private DLedgerController leader() throws Exception {
        List<DLedgerController> leading = new ArrayList<>();
        await("a controller leads", () -> {
            leading.clear();
            List.of(controllers).stream().filter(DLedgerController::isLeaderState).forEach(leading::add);
            return !leading.isEmpty();
        });
        return leading.get(0);
    }

    private static void takeInAll(DLedgerController leader, long master) throws Exception {
        SyncStateInfo info = info(leader);
        leader.alterSyncStateSet(new AlterSyncStateSetRequestHeader("g", master, info.getMasterEpoch()),
            new SyncStateSet(Set.of(1L, 2L, 3L), info.getSyncStateSetEpoch())).get(30, TimeUnit.SECONDS);
    }

    /** All of them, once each has applied what the log has, and no more of it later. */
    private void awaitSame(String expected) throws Exception {
        for (DLedgerController controller : controllers) {
            long end = controllers[0].getMemberState().getLedgerEndIndex();
            await("has the log to " + end, () -> info(controller) != null && controller.getMemberState().getLedgerEndIndex() >= end);
        }
        Thread.sleep(500);
        for (DLedgerController controller : controllers) {
            await(controller.getMemberState().getSelfId() + " says " + told(controller) + ", not " + expected, () -> told(controller).equals(expected));
        }
        for (DLedgerController controller : controllers) {
            assertEquals(expected, told(controller), controller.getMemberState().getSelfId());
        }
    }

    private static String told(DLedgerController controller) throws Exception {
        SyncStateInfo info = info(controller);
        return info == null ? "nothing" : "master " + info.getMasterBrokerId() + " of epoch " + info.getMasterEpoch() + ", set "
            + info.getSyncStateSet().stream().sorted().toList() + " of epoch " + info.getSyncStateSetEpoch();
    }

    private static SyncStateInfo info(DLedgerController controller) throws NoSuchFieldException {
        ReplicasInfoManager manager = PrivateField.of(DLedgerController.class, "replicasInfoManager", ReplicasInfoManager.class).get(controller);
        Map<?, ?> table = PrivateField.of(ReplicasInfoManager.class, "syncStateSetInfoTable", Map.class).get(manager);
        return (SyncStateInfo) table.get("g");
    }
}
