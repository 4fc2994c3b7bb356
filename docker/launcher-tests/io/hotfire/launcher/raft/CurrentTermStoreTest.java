package io.hotfire.launcher.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.openmessaging.storage.dledger.DLedgerConfig;
import io.openmessaging.storage.dledger.entry.DLedgerEntry;
import io.openmessaging.storage.dledger.exception.DLedgerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H4: Raft's section 5.4.2, and what becomes of entries that counted as committed and were replaced. */
class CurrentTermStoreTest {
    @TempDir
    Path folder;
    private DLedgerConfig config;
    private DurableMember member;
    private CurrentTermStore store;
    private final List<Long> takenBack = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        config = Raft.config(folder, "n0", Raft.peers());
        member = Raft.founder(config);
        store = new CurrentTermStore(config, member);
        store.onTakenBack(takenBack::add);
        store.startup();
    }

    @AfterEach
    void close() {
        store.shutdown();
    }

    private void leads(long term) {
        Raft.leads(member, term);
        store.takeWritesOf(term);
    }

    /** From the leader of that term. */
    private DLedgerEntry received(long term, String leader, String body) {
        DLedgerEntry entry = Raft.entry(body);
        entry.setTerm(term);
        entry.setIndex(store.getLedgerEndIndex() + 1);
        entry.setPos(store.getWritePos());
        return store.appendAsFollower(entry, term, leader);
    }

    @Test
    void copiesOfAnEarlierTermsEntryDoNotCommitIt() {
        Raft.follows(member, "n1", 1);
        received(1, "n1", "e0");
        received(1, "n1", "e1");
        leads(3);
        store.updateCommittedIndex(3, 1);
        assertEquals(-1, store.getCommittedIndex(), "e1 is on a majority, and a leader of term 2 may still replace it");
        store.appendAsLeader(Raft.entry("own"));
        store.updateCommittedIndex(3, 1);
        assertEquals(-1, store.getCommittedIndex());
        store.updateCommittedIndex(3, 2);
        assertEquals(2, store.getCommittedIndex(), "with an entry of its own on a majority, all before it are committed");
    }

    @Test
    void aLeaderThatGaveUpCountsNoneEither() {
        Raft.follows(member, "n1", 1);
        received(1, "n1", "e0");
        leads(3);
        member.changeToCandidate(3);
        store.updateCommittedIndex(3, 0);
        assertEquals(-1, store.getCommittedIndex());
    }

    /** Its leader compares logs again after a push that failed, and what it had sent before arrives meanwhile. */
    @Test
    void whatTheLeaderItselfHasSentIsNotCut() {
        Raft.follows(member, "n1", 1);
        DLedgerEntry compared = received(1, "n1", "e0");
        received(1, "n1", "e1");
        store.updateCommittedIndex(1, 1);
        assertEquals(0, store.truncate(compared, 1, "n1"), "the leader goes on behind it");
        assertEquals(1, store.getLedgerEndIndex(), "e1 was acknowledged, and may be on no other follower");
        Raft.follows(member, "n2", 2);
        store.truncate(compared, 2, "n2");
        assertEquals(0, store.getLedgerEndIndex(), "another leader may not have it");
    }

    @Test
    void aFollowerTakesItsLeadersWord() {
        Raft.follows(member, "n1", 1);
        received(1, "n1", "e0");
        Raft.follows(member, "n2", 2);
        store.updateCommittedIndex(2, 0);
        assertEquals(0, store.getCommittedIndex());
    }

    @Test
    void whatWasKnownToBeCommittedIsKnownAfterARestart() {
        Raft.follows(member, "n1", 1);
        received(1, "n1", "e0");
        received(1, "n1", "e1");
        store.updateCommittedIndex(1, 0);
        store.shutdown();
        store = new CurrentTermStore(config, DurableMember.open(config));
        store.startup();
        assertEquals(0, store.getCommittedIndex());
    }

    /** In a group whose other members count as DLedger does. DLedger leaves the committed index beyond the end, and such a leader takes no writes. */
    @Test
    void whatIsReplacedIsNotCommittedAnyMore() {
        Raft.follows(member, "n1", 1);
        received(1, "n1", "e0");
        DLedgerEntry replaced = received(1, "n1", "e1");
        received(1, "n1", "e2");
        store.updateCommittedIndex(1, 2);
        Raft.follows(member, "n2", 2);
        DLedgerEntry other = Raft.entry("another one");
        other.setTerm(2);
        other.setIndex(1);
        other.setPos(replaced.getPos());
        store.truncate(other, 2, "n2");
        assertEquals(1, store.getLedgerEndIndex());
        assertEquals(0, store.getCommittedIndex());
        assertEquals(replaced.getPos(), store.getCommittedPos());
        assertEquals(List.of(replaced.getPos()), takenBack);
    }

    @Test
    void whatIsCutBehindTheCommittedEntriesChangesNothingElse() {
        Raft.follows(member, "n1", 1);
        DLedgerEntry kept = received(1, "n1", "e0");
        received(1, "n1", "e1");
        store.updateCommittedIndex(1, 0);
        Raft.follows(member, "n2", 2);
        store.truncate(kept, 2, "n2");
        assertEquals(0, store.getLedgerEndIndex());
        assertEquals(0, store.getCommittedIndex());
        assertEquals(List.of(), takenBack);
    }

    /** M2: the role of a broker, by which it lets sends in, may be that of an earlier lead; its queue offsets would be given twice. */
    @Test
    void aLeaderAppendsOnlyInATermWhoseWritesWereTaken() {
        leads(3);
        store.appendAsLeader(Raft.entry("e0"));
        leads(4);
        store.takeWritesOf(3);
        assertThrows(DLedgerException.class, () -> store.appendAsLeader(Raft.entry("a send that was on its way")));
        store.appendBeforeWrites(() -> store.appendAsLeader(Raft.entry("the leader's own")));
        assertEquals(1, store.getLedgerEndIndex());
        assertEquals(4, store.termOf(1));
    }

    @Test
    void aLogOfALaterTermThanTheRecordRaisesIt() throws Exception {
        Raft.follows(member, "n1", 7);
        received(7, "n1", "e0");
        store.shutdown();
        Files.delete(Path.of(config.getDefaultPath(), TermAndVoteFile.NAME));
        Files.delete(Path.of(config.getDefaultPath(), "currterm"));
        Files.deleteIfExists(Path.of(config.getDefaultPath(), "currterm.bak"));
        DurableMember restarted = DurableMember.open(config);
        store = new CurrentTermStore(config, restarted);
        store.startup();
        assertEquals(7, restarted.currTerm());
        assertEquals(TermAndVote.UNKNOWN, restarted.currVoteFor());
    }
}
