package io.hotfire.launcher.dledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.raft.Raft;
import io.hotfire.launcher.testkit.RealBroker;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.auth.config.AuthConfig;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.store.config.BrokerRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** M2: a role belongs to a term. The members' elector does not run, so the test elects. */
class RoleChangeTest {
    @TempDir
    Path folder;
    private final AtomicInteger registrations = new AtomicInteger();
    private volatile Runnable onRegistration = () -> { };
    private DLedgerGroup group;

    @BeforeEach
    void start() throws Exception {
        BrokerController broker = new BrokerController(RealBroker.config(), RealBroker.server(), new NettyClientConfig(),
            RealBroker.store(folder, Raft.peers()), new AuthConfig()) {
            @Override
            public void registerBrokerAll(boolean checkOrderConfig, boolean oneway, boolean forceRegister) {
                registrations.incrementAndGet();
                onRegistration.run();
            }
        };
        group = RealBroker.load(broker, true);
    }

    @AfterEach
    void stop() {
        onRegistration = () -> { };
        group.roles().shutdown();
    }

    private BrokerRole role() {
        return group.store().getMessageStoreConfig().getBrokerRole();
    }

    private void depose() {
        group.server().getDLedgerLeaderElector().changeRoleToCandidate(group.member().currTerm());
    }

    @Test
    void whoIsDeposedIsASlaveAtOnceAlsoWhileItsThreadIsBusy() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        onRegistration = () -> {
            if (role() == BrokerRole.SYNC_MASTER) {
                await(release);
            }
        };
        RealBroker.elect(group);
        assertTrue(Raft.soon(() -> role() == BrokerRole.SYNC_MASTER));
        depose();
        assertEquals(BrokerRole.SLAVE, role());
        RealBroker.elect(group);
        assertEquals(BrokerRole.SLAVE, role(), "elected again, with the queue offsets of the lead before");
        release.countDown();
        assertTrue(Raft.soon(() -> role() == BrokerRole.SYNC_MASTER));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aTermThatIsOverBringsNoRole() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        onRegistration = () -> await(release);
        depose();
        RealBroker.elect(group);
        depose();
        release.countDown();
        Thread.sleep(300);
        assertEquals(BrokerRole.SLAVE, role());
    }

    @Test
    void aLeaderThatFailsTriesAgain() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        onRegistration = () -> {
            switch (failures.incrementAndGet()) {
                case 1, 2 -> throw new IllegalStateException("no");
                case 3 -> throw new NoClassDefFoundError("no");
                default -> { }
            }
        };
        RealBroker.elect(group);
        assertTrue(Raft.soon(() -> failures.get() >= 4));
        depose();
        assertTrue(Raft.soon(() -> role() == BrokerRole.SLAVE), "its thread is there for the next change");
    }

    /** L6 */
    @Test
    void aPeerThatIsAlwaysLateBringsOneSeriesOfRegistrations() throws Exception {
        RealBroker.elect(group);
        assertTrue(Raft.soon(() -> role() == BrokerRole.SYNC_MASTER));
        for (int answers = 0; answers < 100; answers++) {
            group.roles().peerIsBack();
        }
        Thread.sleep(3500);
        assertTrue(registrations.get() <= 10, () -> registrations + " registrations");
    }
}
