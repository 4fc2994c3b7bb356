package io.hotfire.launcher.autoswitch;

import static io.hotfire.launcher.autoswitch.GroupOfStores.await;
import static org.apache.rocketmq.store.PutMessageStatus.FLUSH_SLAVE_TIMEOUT;
import static org.apache.rocketmq.store.PutMessageStatus.PUT_OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.autoswitch.GroupOfStores.Member;
import io.hotfire.launcher.raft.Raft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Replication of controller mode between real stores, through changes of role. */
@Execution(ExecutionMode.CONCURRENT)
class ControllerReplicationTest {
    @TempDir
    Path folder;
    private GroupOfStores group;
    private Member one;
    private Member two;
    private Member three;

    @BeforeEach
    void start() throws Exception {
        group = new GroupOfStores(folder);
        one = group.start(1);
        two = group.start(2);
        three = group.start(3);
    }

    @AfterEach
    void stop() {
        group.close();
    }

    @Test
    void aMasterWhoseEpochBeganWithoutAMessageDoesNotKeepItsOwn() throws Exception {
        group.elect(one, 1, two, three);
        group.awaitSet(1L, 2L, 3L);
        putAll(one, "A0", "A1");
        group.elect(one, 2, two, three);
        group.awaitSet(1L, 2L, 3L);
        await("slaves hear of epoch 2", () -> two.replication.getLastEpoch() == 2 && three.replication.getLastEpoch() == 2);
        // Broker 1 is cut off from its peers, and clients still reach it.
        group.elect(two, 3, three);
        assertInDoubt(one, "B0");
        group.awaitSet(2L, 3L);
        putAll(two, "C0", "C1", "C2");
        assertEquals(List.of("1:0", "3:" + start(two)), epochs(two));

        one.follow(two, 3);
        group.awaitSet(1L, 2L, 3L);
        one.awaitAllOf(two);
        assertEquals(epochs(two), epochs(one));
        group.elect(one, 4, two, three);
        assertEquals(List.of("A0", "A1", "C0", "C1", "C2"), one.read());
    }

    @Test
    void aMasterThatIsRestartedInItsEpochCutsNobody() throws Exception {
        group.elect(one, 1, two, three);
        group.awaitSet(1L, 2L, 3L);
        putAll(one, "A0");
        group.elect(one, 2, two, three);
        group.awaitSet(1L, 2L, 3L);
        List<String> bodies = new ArrayList<>(List.of("A0"));
        for (int i = 100; i < 300; i++) {
            bodies.add("B" + i + "xxxx");
            assertEquals(PUT_OK, one.put("B" + i + "x".repeat(4000)));
        }
        two.awaitAllOf(one);
        long all = two.end();
        List<String> before = epochs(one);
        // What nobody else has is in its log, and not indexed when it is back.
        group.loseControllers(true);
        two.cutFromMaster();
        three.cutFromMaster();
        assertInDoubt(one, "D0");
        bodies.add("D0");

        one = group.startKilled(one);
        assertTrue(one.wasKilled());
        Least least = new Least(two);
        group.loseControllers(false);
        group.reelect(one, 2, two, three);
        two.awaitAllOf(one);
        group.awaitSet(1L, 2L, 3L);
        two.breakConnection();
        await("slave 2 is back", () -> one.replication.getConnectionList().size() == 2);
        bodies.add("C0");
        assertEquals(PUT_OK, one.put("C0"));
        assertEquals(all, least.stop());
        assertEquals(before, epochs(one));
        assertEquals(before, epochs(two));
        assertEquals(bodies, one.read());
    }

    @Test
    void twoSlavesThatComeAtOnceAreBothWaitedFor() throws Exception {
        group.holdAnswers();
        group.elect(one, 1, two, three);
        await("both are here", () -> one.replication.getConnectionList().size() == 2 && group.asked().size() > 0);
        await("both are waited for", () -> one.replication.getSyncStateSet().equals(Set.of(1L, 2L, 3L)));
        // Whoever the controllers have taken in first: nothing is acknowledged without it.
        Member taken = group.set().contains(2L) ? two : three;
        taken.cutFromMaster();
        await("its connection is gone", () -> one.replication.getConnectionList().size() == 1);
        assertInDoubt(one, "X");
        group.letAnswersThrough();
        group.awaitSet(1L, taken == two ? 3L : 2L);
        assertEquals(PUT_OK, one.put("Y"));
    }

    @Test
    void twoSlavesThatDieTogetherLeaveTogether() throws Exception {
        one.config.setMinInSyncReplicas(1);
        group.elect(one, 1, two, three);
        group.awaitSet(1L, 2L, 3L);
        two.cutFromMaster();
        three.cutFromMaster();
        group.awaitSet(1L);
        assertEquals(PUT_OK, one.put("X"));
    }

    @Test
    void aSlaveWithTwoConnectionsCountsOnce() throws Exception {
        group.elect(one, 1, two, three);
        group.awaitSet(1L, 2L, 3L);
        putAll(one, "A0");
        group.holdAnswers();
        three.cutFromMaster();
        // The old connection of slave 2 is half open: the master sees it, and a new one.
        synchronized (one.replication.getConnectionList()) {
            one.replication.getConnectionList().stream().findFirst().ifPresent(two2 -> one.replication.getConnectionList().add(two2));
        }
        assertInDoubt(one, "X");
    }

    @Test
    void whatWaitsWhenAMasterIsReplacedIsNotAcknowledgedByItsNextReign() throws Exception {
        group.elect(one, 1, two, three);
        group.awaitSet(1L, 2L, 3L);
        group.holdAnswers();
        two.cutFromMaster();
        three.cutFromMaster();
        List<Object> answers = Collections.synchronizedList(new ArrayList<>());
        Thread sender = Thread.ofPlatform().start(() -> answers.add(one.put("X")));
        await("X is stored", () -> one.end() > 0);
        one.follow(two, 2);
        group.elect(one, 3);
        sender.join();
        assertEquals(List.of(FLUSH_SLAVE_TIMEOUT), answers);
    }

    @Test
    void aSendInFlightAtADemotionIsNotAcknowledged() throws Exception {
        one.config.setMinInSyncReplicas(1);
        group.elect(one, 1, two, three);
        group.awaitSet(1L, 2L, 3L);
        assertEquals(PUT_OK, one.put("A"));
        // Let in as master, stored as slave: the role changes in between, as ReplicasManager.changeToSlave changes it.
        one.store.getPutMessageHookList().add(hook(() -> one.config.setBrokerRole(org.apache.rocketmq.store.config.BrokerRole.SLAVE)));
        assertEquals(FLUSH_SLAVE_TIMEOUT, one.put("B"));
    }

    @Test
    void aMasterThatDiedAloneWithItsGroupsFirstMessagesComesBack() throws Exception {
        group.elect(one, 1, two, three);
        group.awaitSet(1L, 2L, 3L);
        // No controller takes a set of it alone: that would confirm what it has alone, and elect nobody else.
        group.loseControllers(true);
        two.cutFromMaster();
        three.cutFromMaster();
        assertInDoubt(one, "X");
        group.elect(two, 2, three);
        group.loseControllers(false);
        group.awaitSet(2L, 3L);
        putAll(two, "A0");

        one = group.startKilled(one);
        one.follow(two, 2);
        group.awaitSet(1L, 2L, 3L);
        assertEquals(PUT_OK, two.put("A1"));
        group.elect(one, 3, two, three);
        assertEquals(List.of("A0", "A1"), one.read());
    }

    /** The new master still has a piece of a message, which the old one was sending when it died, and is about to cut it off. */
    @Test
    void aSlaveThatComesDuringAPromotionKeepsNoPieceOfAMessage() throws Exception {
        group.elect(one, 1, two, three);
        group.awaitSet(1L, 2L, 3L);
        putAll(one, "A0");
        two.awaitAllOf(one);
        three.awaitAllOf(one);
        long whole = two.end();
        two.cutFromMaster();
        assertTrue(two.store.appendToCommitLog(whole, one.bytes(), 0, one.bytes().length / 2));
        long piece = two.end();
        assertTrue(piece > whole);

        CountDownLatch goesOn = new CountDownLatch(1);
        two.holdPromotion(goesOn);
        Thread election = Thread.ofPlatform().start(() -> {
            try {
                group.elect(two, 2, three);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        // As long as a slave needs that is let in at once.
        Raft.within(3_000, () -> three.end() == piece);
        goesOn.countDown();
        election.join();
        group.awaitSet(2L, 3L);
        putAll(two, "C0", "C1");
        group.elect(three, 3, two);
        assertEquals(List.of("A0", "C0", "C1"), three.read());
    }

    private static void putAll(Member master, String... bodies) {
        for (String body : bodies) {
            assertEquals(PUT_OK, master.put(body), body);
        }
    }

    private static void assertInDoubt(Member master, String body) {
        master.config.setSlaveTimeout(500);
        assertEquals(FLUSH_SLAVE_TIMEOUT, master.put(body));
        master.config.setSlaveTimeout(10_000);
    }

    private static List<String> epochs(Member member) {
        return member.replication.getEpochEntries().stream().map(epoch -> epoch.getEpoch() + ":" + epoch.getStartOffset()).toList();
    }

    private static long start(Member member) {
        return member.replication.getEpochEntries().get(member.replication.getEpochEntries().size() - 1).getStartOffset();
    }

    private static org.apache.rocketmq.store.hook.PutMessageHook hook(Runnable run) {
        return new org.apache.rocketmq.store.hook.PutMessageHook() {
            @Override
            public String hookName() {
                return "test";
            }

            @Override
            public org.apache.rocketmq.store.PutMessageResult executeBeforePutMessage(org.apache.rocketmq.common.message.MessageExt message) {
                run.run();
                return null;
            }
        };
    }

    /** How short a member's log ever was. */
    private static final class Least {
        private final Thread thread;
        private volatile long least = Long.MAX_VALUE;
        private volatile boolean isStopped;

        Least(Member member) {
            thread = Thread.ofPlatform().start(() -> {
                while (!isStopped) {
                    least = Math.min(least, member.end());
                    Thread.onSpinWait();
                    java.util.concurrent.locks.LockSupport.parkNanos(100_000);
                }
            });
        }

        long stop() throws InterruptedException {
            isStopped = true;
            thread.join();
            return least;
        }
    }
}
