package io.hotfire.launcher.nameserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.raft.Raft;
import io.hotfire.launcher.runtime.DaemonThreads;
import io.hotfire.launcher.testkit.Ports;
import io.hotfire.launcher.testkit.RealBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.auth.config.AuthConfig;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H1: a name server that is frozen (it accepts, and never answers) holds up no role change, and who wants its answer waits for it. */
class PromptRegistrationTest {
    private static final int TIMEOUT_MS = 6000;

    @TempDir
    Path folder;
    private final ScheduledExecutorService periodic = Executors.newSingleThreadScheduledExecutor();
    private ServerSocket first;
    private ServerSocket second;
    private BrokerController broker;

    @BeforeEach
    void start() throws Exception {
        first = new ServerSocket(0);
        second = new ServerSocket(0);
        BrokerConfig config = RealBroker.config();
        String addresses = "127.0.0.1:" + first.getLocalPort() + ";127.0.0.1:" + second.getLocalPort();
        config.setNamesrvAddr(addresses);
        config.setRegisterBrokerTimeoutMills(TIMEOUT_MS);
        broker = new BrokerController(config, RealBroker.server(), new NettyClientConfig(), RealBroker.store(folder, null), new AuthConfig());
        PromptRegistration.install(broker);
        assertTrue(broker.initialize());
        broker.getBrokerOuterAPI().start();
        broker.getBrokerOuterAPI().updateNameServerAddressList(addresses);
        assertTrue(Raft.soon(() -> broker.getBrokerOuterAPI().getRemotingClient().getAvailableNameSrvList().size() == 2));
    }

    @AfterEach
    void stop() throws Exception {
        periodic.shutdownNow();
        first.close();
        second.close();
        broker.getBrokerOuterAPI().shutdown();
    }

    @Test
    void everyNameServerMayBeFrozen() throws Exception {
        periodic.scheduleAtFixedRate(DaemonThreads.guarded("registration", () -> broker.registerBrokerAll(true, false, true)), 0, 200, TimeUnit.MILLISECONDS);
        for (int topics = 0; topics < 20; topics++) {
            CompletableFuture.runAsync(() -> broker.registerBrokerAll(true, false, true), run -> new Thread(run).start());
        }
        Thread.sleep(500);
        long began = System.nanoTime();
        broker.changeScheduleServiceStatus(false);
        broker.registerBrokerAll(true, true, true);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertTrue(took < TIMEOUT_MS - 1000, () -> "a role change waited for " + took + " ms");
    }

    @Test
    void whoWantsAnAnswerWaitsForIt() {
        long began = System.nanoTime();
        broker.registerBrokerAll(true, false, true);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertTrue(took >= TIMEOUT_MS - 100, () -> "it waited for " + took + " ms");
        synchronized (broker) {
            assertTrue(Thread.holdsLock(broker));
        }
    }

    @Test
    void aBrokerWithoutNameServersRegistersWithNone() {
        PromptRegistration.install(broker);
        broker.getBrokerOuterAPI().start();
        broker.registerBrokerAll(true, true, true);
        assertEquals(List.of(), broker.getBrokerOuterAPI().getRemotingClient().getAvailableNameSrvList());
    }

    /** RocketMQ registers with those that it has found by then, and with the others when it registers the next time. */
    @Test
    void whoIsFoundLaterIsToldThen() throws Exception {
        int port = Ports.free();
        broker.getBrokerOuterAPI().updateNameServerAddressList("127.0.0.1:" + port);
        broker.registerBrokerAll(true, true, true);
        try (ServerSocket late = new ServerSocket(port)) {
            CompletableFuture<Boolean> told = CompletableFuture.supplyAsync(() -> readsFromAny(late));
            assertTrue(told.get(20, TimeUnit.SECONDS));
        }
    }

    /** The client that looks for it, and a client that has something to say, may have a connection each. */
    private static boolean readsFromAny(ServerSocket server) {
        try (Socket connection = server.accept()) {
            return connection.getInputStream().read() >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It may have waited for its connection while the role changed. */
    @Test
    void aRoleOfBeforeIsNotRegistered() throws Exception {
        broker.getBrokerConfig().setBrokerId(0);
        try (Socket connection = first.accept()) {
            connection.setSoTimeout(1000);
            var api = (PromptRegistration) broker.getBrokerOuterAPI();
            broker.registerBrokerAll(true, true, true);
            assertTrue(connection.getInputStream().read() >= 0, "its present role is");
            Thread.sleep(200);
            connection.getInputStream().skip(connection.getInputStream().available());
            api.registerBrokerAll("c", "a", "b", 7, "h", broker.getTopicConfigManager().buildTopicConfigSerializeWrapper(), List.of(), true,
                TIMEOUT_MS, false, false, null, broker.getBrokerIdentity());
            Thread.sleep(300);
            assertEquals(0, connection.getInputStream().available());
        }
    }
}
