package io.hotfire.launcher.dledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.configuration.ConfigurationException;
import io.hotfire.launcher.raft.CurrentTermStore;
import io.hotfire.launcher.raft.Raft;
import io.hotfire.launcher.testkit.Ports;
import io.hotfire.launcher.testkit.RealBroker;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.PutMessageStatus;
import org.apache.rocketmq.store.config.BrokerRole;
import org.apache.rocketmq.tieredstore.TieredMessageStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group of one, whose store and queues are the broker's. */
class DLedgerGroupTest {
    @TempDir
    Path folder;
    private BrokerController broker;
    private DLedgerGroup group;

    private void start(String peers) throws Exception {
        start(folder.resolve("store"), peers);
    }

    private void start(Path store, String peers) throws Exception {
        broker = RealBroker.make(store, peers);
        group = RealBroker.load(broker, true);
        group.store().start();
    }

    @AfterEach
    void stop() {
        if (group != null) {
            group.store().shutdown();
        }
    }

    private boolean takesWrites() {
        return group.member().isLeader() && group.store().getMessageStoreConfig().getBrokerRole() == BrokerRole.SYNC_MASTER;
    }

    private void send(int messages) throws Exception {
        for (int sent = 0; sent < messages; sent++) {
            assertEquals(PutMessageStatus.PUT_OK, RealBroker.put(group, "m" + sent).get(30, TimeUnit.SECONDS).getPutMessageStatus());
        }
    }

    private static String alone() throws Exception {
        return "n0-127.0.0.1:" + Ports.free();
    }

    /** H4: with entries of an earlier term in doubt a leader writes one of its own, which is in no queue; with none, nothing. */
    @Test
    void aLeadersOwnEntryCommitsWhatCameBeforeAndIsNoMessage() throws Exception {
        start(alone());
        assertTrue(Raft.soon(this::takesWrites));
        send(3);
        assertTrue(Raft.soon(() -> RealBroker.queueEnd(group) == 3));
        long before = group.entries().getLedgerEndIndex();
        RealBroker.elect(group);
        assertTrue(Raft.soon(this::takesWrites));
        assertEquals(before, group.entries().getLedgerEndIndex(), "all was committed");

        RealBroker.elect(group, before - 1);
        assertTrue(Raft.soon(() -> takesWrites() && group.entries().getCommittedIndex() == before + 1));
        assertEquals(before + 1, group.entries().getLedgerEndIndex());
        send(1);
        assertTrue(Raft.soon(() -> RealBroker.queueEnd(group) == 4), "the next queue offset is the next");
        assertEquals(null, group.store().getConsumeQueueTable().get(NoOpMessage.TOPIC));
        assertTrue(Raft.soon(() -> group.store().dispatchBehindBytes() == 0));
    }

    /** L2: killed before the first checkpoint, the queues hold messages that nobody knows to be committed. */
    @Test
    void withoutACheckpointNothingStaysIndexed() throws Exception {
        start(alone());
        assertTrue(Raft.soon(this::takesWrites));
        Files.deleteIfExists(folder.resolve("store/dledger-n0/checkpoint"));
        send(50);
        assertTrue(Raft.soon(() -> RealBroker.queueEnd(group) == 50));
        Path killed = folder.resolve("killed");
        RealBroker.copyAsKilled(folder.resolve("store"), killed);
        for (String name : new String[] {"checkpoint", "checkpoint.bak"}) {
            Files.deleteIfExists(killed.resolve("dledger-n0").resolve(name));
        }
        BrokerController again = RealBroker.make(killed, Raft.peers());
        DLedgerGroup restarted = RealBroker.load(again, true);
        assertEquals(49, restarted.entries().getLedgerEndIndex());
        assertEquals(-1, restarted.entries().getCommittedPos());
        assertEquals(0, RealBroker.queueEnd(restarted));
    }

    /** H4: what was indexed and is replaced leaves the queues, and what replaces it is found. */
    @Test
    void whatIsReplacedLeavesTheQueues() throws Exception {
        start(alone());
        assertTrue(Raft.soon(this::takesWrites));
        send(5);
        assertTrue(Raft.soon(() -> RealBroker.queueEnd(group) == 5));
        var member = group.member();
        var third = group.entries().get(2L);
        synchronized (member) {
            member.changeToCandidate(member.currTerm());
            member.nextTerm();
            member.changeToFollower(member.currTerm(), "n1");
        }
        var other = group.entries().get(2L);
        other.setTerm(member.currTerm());
        group.entries().truncate(other, member.currTerm(), "n1");
        assertEquals(2, RealBroker.queueEnd(group));
        group.entries().updateCommittedIndex(member.currTerm(), 2);
        assertTrue(Raft.soon(() -> RealBroker.queueEnd(group) == 3));
        assertNotEquals(third.getTerm(), group.entries().termOf(2));
    }

    /** H5 */
    @Test
    void aPluginHidesNothing() throws Exception {
        broker = RealBroker.make(folder.resolve("plugin"), alone());
        broker.getBrokerConfig().setMessageStorePlugIn(TieredMessageStore.class.getName());
        group = RealBroker.load(broker, true);
        assertSame(TieredMessageStore.class, broker.getMessageStore().getClass());
        assertSame(CurrentTermStore.class, group.server().getDLedgerStore().getClass());
        group.store().start();
    }

    @Test
    void messagesThatNoFollowerCouldGetAreRefused() throws Exception {
        broker = RealBroker.make(folder.resolve("large"), alone());
        broker.getMessageStoreConfig().setMaxMessageSize(DLedgerGroup.LARGEST_MESSAGE + 1);
        assertThrows(ConfigurationException.class, () -> RealBroker.load(broker, true));
    }

    /** H5 */
    @Test
    void anotherStoreIsRefused() throws Exception {
        broker = RealBroker.make(folder.resolve("other"), null);
        broker.setMessageStore((MessageStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {MessageStore.class},
            (proxy, method, arguments) -> null));
        assertThrows(ConfigurationException.class, () -> DLedgerGroup.mend(broker, true));
    }
}
