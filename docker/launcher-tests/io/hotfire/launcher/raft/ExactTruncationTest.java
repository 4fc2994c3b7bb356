package io.hotfire.launcher.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openmessaging.storage.dledger.entry.DLedgerEntry;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import io.openmessaging.storage.dledger.protocol.LeadershipTransferRequest;
import io.openmessaging.storage.dledger.protocol.LeadershipTransferResponse;
import io.openmessaging.storage.dledger.protocol.PushEntryRequest;
import io.openmessaging.storage.dledger.protocol.PushEntryResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader that cuts a follower's log, and one that hands over to a member that does not answer. */
class ExactTruncationTest {
    @TempDir
    Path folder;
    private CurrentTermStore leader;
    private CurrentTermStore follower;
    private DurableMember member;

    @BeforeEach
    void open() throws Exception {
        String peers = Raft.peers();
        leader = new CurrentTermStore(Raft.config(folder, "n0", peers), following(DurableMember.open(Raft.config(folder, "n0", peers)), "n2", 1));
        member = following(DurableMember.open(Raft.config(folder, "n1", peers)), "n2", 1);
        follower = new CurrentTermStore(Raft.config(folder, "n1", peers), member);
        leader.startup();
        follower.startup();
    }

    @AfterEach
    void close() {
        leader.shutdown();
        follower.shutdown();
    }

    private static DurableMember following(DurableMember member, String leader, long term) {
        member.changeToCandidate(term);
        member.nextTerm();
        member.changeToFollower(term, leader);
        return member;
    }

    private static void received(CurrentTermStore store, String body, long term, String by) {
        DLedgerEntry entry = Raft.entry(body);
        entry.setTerm(term);
        entry.setIndex(store.getLedgerEndIndex() + 1);
        entry.setPos(store.getWritePos());
        store.appendAsFollower(entry, term, by);
    }

    private void bothReceive(int entries) {
        for (int i = 0; i < entries; i++) {
            received(leader, "e" + i, 1, "n2");
            received(follower, "e" + i, 1, "n2");
        }
    }

    /** What DLedger's dispatcher asks for: its place is that of an earlier lead. */
    private long cutAt(long index) throws Exception {
        following(member, "n0", 3);
        PushEntryRequest request = new PushEntryRequest();
        request.setGroup(Raft.GROUP);
        request.setLocalId("n0");
        request.setLeaderId("n0");
        request.setRemoteId("n1");
        request.setTerm(3);
        request.setType(PushEntryRequest.Type.TRUNCATE);
        request.setEntry(leader.get(index));
        new ExactTruncation(new ToFollower(), leader).push(request).get(30, TimeUnit.SECONDS);
        return follower.getLedgerEndIndex();
    }

    @Test
    void aLogThatIsTheLeadersStaysWhole() throws Exception {
        bothReceive(12);
        assertEquals(11, cutAt(2));
    }

    @Test
    void aLongerLogIsCutWhereTheLeadersEnds() throws Exception {
        bothReceive(12);
        received(follower, "lost", 1, "n2");
        assertEquals(11, cutAt(2));
    }

    @Test
    void whatDiffersIsCutAndNoMore() throws Exception {
        bothReceive(8);
        for (int i = 0; i < 5; i++) {
            received(leader, "kept" + i, 1, "n2");
            received(follower, "lost" + i, 1, "n2");
        }
        assertEquals(7, cutAt(2));
    }

    @Test
    void whatDiffersFromThereOnIsCut() throws Exception {
        bothReceive(3);
        received(leader, "kept", 1, "n2");
        received(follower, "lost", 1, "n2");
        assertEquals(2, cutAt(2));
    }

    @Test
    void aHandOverToAMemberThatDoesNotAnswerEnds() throws Exception {
        ForwardingRpcService silent = new ForwardingRpcService(null) {
            @Override
            public CompletableFuture<LeadershipTransferResponse> leadershipTransfer(LeadershipTransferRequest request) {
                return new CompletableFuture<>();
            }
        };
        LeadershipTransferResponse answer = new TransferTimeout(silent).leadershipTransfer(new LeadershipTransferRequest()).get(6, TimeUnit.SECONDS);
        assertEquals(DLedgerResponseCode.NETWORK_ERROR.getCode(), answer.getCode());
    }

    /** As DLedgerEntryPusher.EntryHandler does it. */
    private final class ToFollower extends ForwardingRpcService {
        ToFollower() {
            super(null);
        }

        @Override
        public CompletableFuture<PushEntryResponse> push(PushEntryRequest request) {
            PushEntryResponse answer = new PushEntryResponse();
            if (request.getType() == PushEntryRequest.Type.TRUNCATE) {
                follower.truncate(request.getEntry(), request.getTerm(), request.getLeaderId());
            } else if (!request.getEntry().equals(follower.get(request.getEntry().getIndex()))) {
                answer.setCode(DLedgerResponseCode.INCONSISTENT_STATE.getCode());
            }
            answer.setBeginIndex(follower.getLedgerBeginIndex());
            answer.setEndIndex(follower.getLedgerEndIndex());
            return CompletableFuture.completedFuture(answer);
        }
    }
}
