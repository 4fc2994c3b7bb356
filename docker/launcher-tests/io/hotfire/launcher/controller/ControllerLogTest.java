package io.hotfire.launcher.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.internals.ControllerModeInternals;
import io.hotfire.launcher.internals.PrivateField;
import io.hotfire.launcher.raft.CurrentTermStore;
import io.hotfire.launcher.raft.DurableMember;
import io.hotfire.launcher.raft.Raft;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.entry.DLedgerEntry;
import io.openmessaging.storage.dledger.exception.DLedgerException;
import io.openmessaging.storage.dledger.protocol.VoteResponse;
import io.openmessaging.storage.dledger.statemachine.StateMachineCaller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.common.ControllerConfig;
import org.apache.rocketmq.controller.impl.DLedgerController;
import org.apache.rocketmq.controller.impl.event.ApplyBrokerIdEvent;
import org.apache.rocketmq.controller.impl.event.ElectMasterEvent;
import org.apache.rocketmq.controller.impl.event.EventMessage;
import org.apache.rocketmq.controller.impl.event.EventSerializer;
import org.apache.rocketmq.controller.impl.manager.ReplicasInfoManager;
import org.apache.rocketmq.controller.impl.manager.SyncStateInfo;
import org.apache.rocketmq.remoting.protocol.body.SyncStateSet;
import org.apache.rocketmq.remoting.protocol.header.controller.AlterSyncStateSetRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.controller.ElectMasterRequestHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** H3 and H4 for controllers, and what a controller decides on. Nothing happens in the server but what the test does. */
@Execution(ExecutionMode.CONCURRENT)
class ControllerLogTest {
    private static final String BROKERS = "broker-a";

    @TempDir
    Path folder;
    private final EventSerializer serializer = new EventSerializer();
    private final AtomicInteger replaced = new AtomicInteger();
    private ControllerLog controller;
    private DurableMember member;
    private CurrentTermStore store;
    private StateMachineCaller caller;

    @BeforeEach
    void open() throws Exception {
        DLedgerServer server = Raft.server(folder, "n0");
        controller = ControllerLog.mend(server, new ControllerConfig(), serializer, term -> { }, replaced::incrementAndGet);
        member = controller.log().member();
        Raft.founds(member);
        store = controller.log().entries();
        caller = server.getFsmCaller();
        store.startup();
        caller.start();
        Raft.follows(member, "n1", 1);
    }

    @AfterEach
    void close() {
        caller.shutdown();
        store.shutdown();
    }

    private void received(EventMessage event) {
        received(serializer.serialize(event));
    }

    private void received(byte[] body) {
        DLedgerEntry entry = entry(body);
        entry.setTerm(member.currTerm());
        entry.setIndex(store.getLedgerEndIndex() + 1);
        entry.setPos(store.getWritePos());
        store.appendAsFollower(entry, member.currTerm(), member.getLeaderId());
    }

    private static DLedgerEntry entry(byte[] body) {
        DLedgerEntry entry = Raft.entry("");
        entry.setBody(body);
        return entry;
    }

    /** As the pusher does with what a majority has, or what the leader says. */
    private void copied(long index) {
        store.updateCommittedIndex(member.currTerm(), index);
        caller.onCommitted(index);
    }

    private SyncStateInfo told() throws Exception {
        return (SyncStateInfo) PrivateField.of(ReplicasInfoManager.class, "syncStateSetInfoTable", Map.class).get(controller.memory()).get(BROKERS);
    }

    private boolean isApplied(long index) throws InterruptedException {
        return Raft.soon(() -> ((ApplyOnceStateMachine) caller.getStateMachine()).applied() == index);
    }

    private static EventMessage known(long broker) {
        return new ApplyBrokerIdEvent("c", BROKERS, "10.0.0." + broker + ":1", broker, "check");
    }

    @Test
    void anEventOfAnEarlierTermIsNotAppliedForItsCopiesAlone() throws Exception {
        received(known(1));
        Raft.leads(member, 3);
        copied(0);
        assertFalse(Raft.within(300, () -> ((ApplyOnceStateMachine) caller.getStateMachine()).applied() >= 0), "a leader of term 2 may still replace it");
        store.appendAsLeader(entry(new byte[0]));
        copied(1);
        assertTrue(isApplied(1));
    }

    @Test
    void anEventThatHasNotArrivedYetIsNotAskedFor() throws Exception {
        received(known(1));
        copied(5);
        assertTrue(isApplied(0));
        received(new ElectMasterEvent(BROKERS, 1L));
        copied(5);
        assertTrue(isApplied(1));
        assertEquals(1, told().getMasterEpoch());
    }

    @Test
    void whatCannotBeAppliedDoesNotRepeatWhatWasBeforeIt() throws Exception {
        received(known(1));
        received(new ElectMasterEvent(BROKERS, 1L));
        received("no event".getBytes());
        copied(2);
        copied(2);
        assertTrue(isApplied(1));
        assertFalse(Raft.within(300, () -> caller.getLastAppliedIndex() >= 2));
        assertEquals(1, told().getMasterEpoch());
    }

    @Test
    void aTermTakesEventsOnceItsLeaderHasAppliedAllBefore() throws Exception {
        received(known(1));
        Raft.leads(member, 3);
        DLedgerEntry event = entry(serializer.serialize(known(2)));
        assertThrows(DLedgerException.class, () -> store.appendAsLeader(event));
        store.appendAsLeader(entry(new byte[0]));
        assertThrows(DLedgerException.class, () -> elect(1), "broker 1 is not known yet");
        copied(1);
        assertTrue(isApplied(1));
        EventMessage election = elect(1);
        store.appendAsLeader(entry(serializer.serialize(election)));
        copied(2);
        assertTrue(isApplied(2));
        assertEquals(1L, told().getMasterBrokerId());
    }

    /** DLedgerController waits for 5 s, and then takes the next request. */
    @Test
    void nothingIsDecidedWithoutTheDecisionBefore() throws Exception {
        received(known(1));
        received(known(2));
        Raft.leads(member, 3);
        store.appendAsLeader(entry(new byte[0]));
        copied(2);
        assertTrue(isApplied(2));
        store.appendAsLeader(entry(serializer.serialize(elect(1))));
        copied(3);
        assertTrue(isApplied(3));

        AlterSyncStateSetRequestHeader byTheFirstMaster = new AlterSyncStateSetRequestHeader(BROKERS, 1L, 1);
        List<EventMessage> early = controller.memory().alterSyncStateSet(byTheFirstMaster, new SyncStateSet(Set.of(1L, 2L), 1), (c, g, b) -> true).getEvents();
        store.appendAsLeader(entry(serializer.serialize(elect(2))));
        assertThrows(DLedgerException.class, () -> store.appendAsLeader(entry(serializer.serialize(early.get(0)))), "it was decided before 2 was elected");
        assertThrows(DLedgerException.class, () -> controller.memory().alterSyncStateSet(byTheFirstMaster, new SyncStateSet(Set.of(1L, 2L), 1), (c, g, b) -> true));
        copied(4);
        assertTrue(isApplied(4));
        assertEquals("2 in [2]", told().getMasterBrokerId() + " in " + told().getSyncStateSet());
        assertNull(controller.memory().alterSyncStateSet(byTheFirstMaster, new SyncStateSet(Set.of(1L, 2L), 1), (c, g, b) -> true).getEvents().stream().findFirst().orElse(null));
    }

    private EventMessage elect(long broker) {
        return controller.memory().electMaster(ElectMasterRequestHeader.ofAdminTrigger("c", BROKERS, broker), (cluster, name, set, all, old, preferred) -> preferred)
            .getEvents().get(0);
    }

    /** In a group whose other controllers still count as DLedger does. */
    @Test
    void aControllerThatHasAppliedWhatIsReplacedBeginsAgain() throws Exception {
        received(known(1));
        received(known(2));
        copied(1);
        assertTrue(isApplied(1));
        DLedgerEntry first = store.get(0L);
        Raft.follows(member, "n2", 2);
        store.truncate(first, 2, "n2");
        assertEquals(1, replaced.get());
    }

    @Test
    void aControllersVoteOutlivesDLedgersRecord() throws Exception {
        String peers = Raft.peers();
        assertEquals(VoteResponse.RESULT.ACCEPT, asked(peers, "n1", true));
        Files.delete(folder.resolve("dledger-n0/currterm"));
        assertEquals(VoteResponse.RESULT.REJECT_ALREADY_VOTED, asked(peers, "n2", false));
    }

    /** A controller that has just been started is asked for its vote in term 7. */
    private VoteResponse.RESULT asked(String peers, String by, boolean raises) throws Exception {
        ControllerConfig config = new ControllerConfig();
        config.setControllerDLegerGroup(Raft.GROUP);
        config.setControllerDLegerPeers(peers);
        config.setControllerDLegerSelfId("n0");
        config.setControllerStorePath(folder.toString());
        DLedgerController real = new DLedgerController(config, (cluster, group, broker) -> true);
        Raft.founds(ControllerLog.mend(real, term -> { }).log().member());
        if (raises) {
            real.getMemberState().changeToCandidate(7);
            real.getMemberState().nextTerm();
        }
        return ControllerModeInternals.SERVER.get(real).handleVote(Raft.vote(by, "n0", 7)).get().getVoteResult();
    }
}
