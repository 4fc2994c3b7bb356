package io.hotfire.launcher;

import static io.hotfire.launcher.autoswitch.GroupOfStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.failover.FailoverTimers;
import io.hotfire.launcher.internals.ControllerModeInternals;
import io.hotfire.launcher.raft.Raft;
import io.netty.channel.embedded.EmbeddedChannel;
import io.openmessaging.storage.dledger.DLedgerRpcNettyService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.rocketmq.common.ControllerConfig;
import org.apache.rocketmq.controller.ControllerManager;
import org.apache.rocketmq.controller.impl.DLedgerController;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyServerConfig;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.SyncStateSet;
import org.apache.rocketmq.remoting.protocol.header.controller.AlterSyncStateSetRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.ElectMasterRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.register.ApplyBrokerIdRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.register.RegisterBrokerToControllerRequestHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The controllers' own leader is lost, and a broker is to be promoted: three real controllers as the launcher makes them, and beside them, on the same machine in the same
 * moment, three with RocketMQ's timers, which miss a leader after 4 s at the earliest and need some seconds more to vote. Whatever stalls the one group stalls the other, and
 * in their first seconds the others bear three silences. A minute and more of waiting: `make test` kills a leader of controllers in containers.
 */
@Tag("full")
@Execution(ExecutionMode.SAME_THREAD)
class ControllersFailoverTest {
    private static final int SIZE = 3;
    /** On a machine that is starved RocketMQ's timers took up to 11 s. */
    private static final long LONGEST_MS = 20_000;
    private static final FailoverTimers FAST = new FailoverTimers(100, 500);

    @TempDir
    Path folder;
    private final List<Controllers> groups = new ArrayList<>();
    private Controllers fast;
    private Controllers stock;

    @BeforeEach
    void start() throws Exception {
        fast = new Controllers(folder.resolve("fast"), FAST);
        stock = new Controllers(folder.resolve("stock"), null);
        for (Controllers group : groups) {
            group.begin();
        }
    }

    @AfterEach
    void stop() {
        groups.parallelStream().forEach(Controllers::stop);
    }

    @Test
    void aKilledLeaderIsReplacedSooner() throws Exception {
        isSooner(Controllers::killLeader);
    }

    @Test
    void aFrozenLeaderIsReplacedSooner() throws Exception {
        isSooner(Controllers::freezeLeader);
    }

    @Test
    void whatAProfileSaysReachesTheirGroup() {
        assertEquals(FAST.heartbeatMs(), fast.heartbeatMs());
        assertEquals(2000, stock.heartbeatMs(), "DLedger's own");
    }

    private interface Loss {
        void of(Controllers group) throws Exception;
    }

    private void isSooner(Loss loss) throws Exception {
        CompletableFuture<Long> slow = CompletableFuture.supplyAsync(() -> stock.millisUntilPromoted(loss));
        long millis = fast.millisUntilPromoted(loss);
        long stockMillis = slow.get();
        System.out.println("hotfire: without a controllers' leader for " + millis + " ms, with RocketMQ's timers for " + stockMillis + " ms");
        assertTrue(millis * 3 < stockMillis * 2, "a broker was promoted after " + millis + " ms, with RocketMQ's timers after " + stockMillis + " ms");
    }

    private final class Controllers {
        private final List<ControllerManager> managers = new ArrayList<>();
        private ControllerManager lost;
        private Thread freezer;

        Controllers(Path where, FailoverTimers timers) throws Exception {
            groups.add(this);
            String peers = Raft.peers();
            for (int i = 0; i < SIZE; i++) {
                ControllerConfig config = new ControllerConfig();
                config.setControllerDLegerGroup(Raft.GROUP);
                config.setControllerDLegerPeers(peers);
                config.setControllerDLegerSelfId("n" + i);
                config.setControllerStorePath(where.resolve("n" + i).toString());
                config.setMappedFileSize(1 << 22);
                config.setNotifyBrokerRoleChanged(false);
                NettyServerConfig server = new NettyServerConfig();
                server.setListenPort(Integer.parseInt(peers.split(";")[i].split(":")[1]));
                ControllerManager manager = new ControllerManager(config, server, new NettyClientConfig());
                Controller.prepare(manager, timers);
                manager.start();
                managers.add(manager);
            }
        }

        private static DLedgerController of(ControllerManager manager) {
            return (DLedgerController) manager.getController();
        }

        int heartbeatMs() {
            return ControllerModeInternals.SERVER.get(of(managers.get(0))).getDLedgerConfig().getHeartBeatTimeIntervalMs();
        }

        /** Brokers 1 and 2 are known and alive for each controller, for an hour. */
        private void heard(ControllerManager manager, long broker) {
            manager.getHeartbeatManager().onBrokerHeartbeat("c", "g", "10.0.0." + broker + ":10911", broker, 3_600_000L, new EmbeddedChannel(), 1, 0L, 0L, 1);
        }

        private ControllerManager leader() throws Exception {
            List<ControllerManager> leading = new ArrayList<>();
            await("a controller leads", () -> {
                leading.clear();
                managers.stream().filter(one -> one != lost && one.getController().isLeaderState()).forEach(leading::add);
                return !leading.isEmpty();
            });
            return leading.get(0);
        }

        /** Broker 1 is the master, and 2 is in sync. */
        void begin() throws Exception {
            DLedgerController leader = of(leader());
            for (long broker = 1; broker <= 2; broker++) {
                String address = "10.0.0." + broker + ":10911";
                leader.applyBrokerId(new ApplyBrokerIdRequestHeader("c", "g", broker, address + ";1")).get(30, TimeUnit.SECONDS);
                leader.registerBroker(new RegisterBrokerToControllerRequestHeader("c", "g", broker, address)).get(30, TimeUnit.SECONDS);
                for (ControllerManager manager : managers) {
                    heard(manager, broker);
                }
            }
            await("broker 1 is promoted", () -> isDone(leader.electMaster(ElectMasterRequestHeader.ofBrokerTrigger("c", "g", 1L))));
            SyncStateSet both = new SyncStateSet(Set.of(1L, 2L), 1);
            await("broker 2 is in sync", () -> isDone(leader.alterSyncStateSet(new AlterSyncStateSetRequestHeader("g", 1L, 1), both)));
        }

        private static boolean isDone(CompletableFuture<RemotingCommand> answer) throws Exception {
            try {
                return answer.get(1, TimeUnit.SECONDS).getCode() == ResponseCode.SUCCESS;
            } catch (TimeoutException | ExecutionException e) {
                return false;
            }
        }

        /** From the loss of the leader until another one has promoted the broker that is in sync; LONGEST_MS if none has by then. */
        long millisUntilPromoted(Loss loss) {
            try {
                lost = leader();
                loss.of(this);
                long began = System.nanoTime();
                long millis = 0;
                while (millis < LONGEST_MS && !isAnotherPromoted()) {
                    Thread.sleep(5);
                    millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                }
                return millis;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private boolean isAnotherPromoted() throws Exception {
            for (ControllerManager manager : managers) {
                if (manager != lost && manager.getController().isLeaderState() && isDone(of(manager).electMaster(ElectMasterRequestHeader.ofAdminTrigger("c", "g", 2L)))) {
                    return true;
                }
            }
            return false;
        }

        /** As a killed process: its connections are closed, and it answers nothing. */
        void killLeader() {
            DLedgerRpcNettyService rpc = (DLedgerRpcNettyService) ControllerModeInternals.SERVER.get(of(lost)).getDLedgerRpcService();
            new Thread(rpc::shutdown).start();
        }

        /** Its connections stay, and all that its elector does, and says, waits for this lock. */
        void freezeLeader() throws Exception {
            freezer = new Thread(() -> {
                synchronized (of(lost).getMemberState()) {
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        // It goes on.
                    }
                }
            });
            freezer.start();
            await("the leader stands still", () -> freezer.getState() == Thread.State.TIMED_WAITING);
        }

        void stop() {
            if (freezer != null) {
                freezer.interrupt();
            }
            managers.parallelStream().forEach(ControllerManager::shutdown);
        }
    }
}
