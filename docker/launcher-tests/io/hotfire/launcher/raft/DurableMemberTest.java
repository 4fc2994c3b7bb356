package io.hotfire.launcher.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hotfire.launcher.internals.PrivateField;
import io.openmessaging.storage.dledger.DLedgerConfig;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.exception.DLedgerException;
import io.openmessaging.storage.dledger.protocol.VoteResponse.RESULT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H3: a vote, and a term that was followed, outlive a kill at any instant, a power loss and a full disk, or are not given. */
class DurableMemberTest {
    @TempDir
    Path folder;
    private DLedgerConfig config;
    private Path ofDLedger;
    private Path ours;

    @BeforeEach
    void configure() throws Exception {
        config = Raft.config(folder, "n0", Raft.peers());
        ofDLedger = Path.of(config.getDefaultPath(), "currterm");
        ours = Path.of(config.getDefaultPath(), TermAndVoteFile.NAME);
    }

    private DurableMember restarted() {
        return Raft.founder(config);
    }

    private static RESULT asked(DurableMember member, String by, long term) throws Exception {
        return new DLedgerLeaderElector(member.dLedgerConfig, member, null).handleVote(Raft.vote(by, "n0", term), false).get().getVoteResult();
    }

    private DurableMember inTerm(long term) {
        DurableMember member = restarted();
        member.changeToCandidate(term);
        member.nextTerm();
        return member;
    }

    @Test
    void aVoteIsRemembered() throws Exception {
        assertEquals(RESULT.ACCEPT, asked(inTerm(7), "n1", 7));
        assertEquals(RESULT.REJECT_ALREADY_VOTED, asked(restarted(), "n2", 7));
        assertEquals(RESULT.ACCEPT, asked(restarted(), "n1", 7));
    }

    @Test
    void aVoteIsRememberedWhenDLedgersRecordIsLost() throws Exception {
        assertEquals(RESULT.ACCEPT, asked(inTerm(7), "n1", 7));
        Files.move(ofDLedger, ofDLedger.resolveSibling("currterm.tmp"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(RESULT.REJECT_ALREADY_VOTED, asked(restarted(), "n2", 7));
        Files.writeString(ofDLedger, "");
        assertEquals(RESULT.REJECT_ALREADY_VOTED, asked(restarted(), "n2", 7));
        Files.delete(ofDLedger);
        assertEquals(RESULT.ACCEPT, asked(restarted(), "n1", 7));
    }

    /** DLedger writes the file before the one that is renamed. */
    @Test
    void aVoteIsRememberedWhenDLedgersDiskIsFull() throws Exception {
        DurableMember member = inTerm(9);
        Files.createSymbolicLink(ofDLedger.resolveSibling("currterm.tmp"), Path.of("/dev/full"));
        assertEquals(RESULT.ACCEPT, asked(member, "n1", 9));
        Files.delete(ofDLedger.resolveSibling("currterm.tmp"));
        assertEquals(RESULT.REJECT_ALREADY_VOTED, asked(restarted(), "n2", 9));
    }

    @Test
    void noVoteIsGivenThatCannotBeStored() throws Exception {
        DurableMember member = inTerm(3);
        withoutRoom(member);
        assertThrows(DLedgerException.class, () -> asked(member, "n1", 3), "DLedgerServer.handleVote answers that, and it is no vote");
        assertNull(member.currVoteFor());
        assertThrows(DLedgerException.class, () -> member.changeToFollower(3, "n1"));
        member.setCurrVoteFor("n0");
        assertThrows(RuntimeException.class, () -> member.changeToLeader(3));
        assertEquals(MemberState.Role.CANDIDATE, member.getRole());
    }

    private void withoutRoom(DurableMember member) throws Exception {
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.createSymbolicLink(full.resolve(TermAndVoteFile.NAME), Path.of("/dev/full"));
        PrivateField.of(DurableMember.class, "file", TermAndVoteFile.class).set(member, TermAndVoteFile.open(full));
    }

    @Test
    void aTornSlotLeavesTheVoteBefore() throws Exception {
        DurableMember member = inTerm(5);
        assertEquals(RESULT.ACCEPT, asked(member, "n1", 5));
        member.changeToCandidate(6);
        member.nextTerm();
        assertEquals(RESULT.ACCEPT, asked(member, "n2", 6));
        assertEquals(new TermAndVote(5, "n1"), withTornSlot(0), "the last one");
        assertEquals(new TermAndVote(6, "n2"), withTornSlot(1), "the one before");
    }

    private TermAndVote withTornSlot(int slot) throws Exception {
        Path torn = Files.createDirectories(folder.resolve("torn-" + slot)).resolve(TermAndVoteFile.NAME);
        byte[] bytes = Files.readAllBytes(ours);
        bytes[slot * 4096 + 19]++;
        Files.write(torn, bytes);
        return TermAndVoteFile.open(torn.getParent()).last();
    }

    @Test
    void whoIsInterruptedStoresNothingAndTheNextOneDoes() throws Exception {
        TermAndVoteFile file = TermAndVoteFile.open(folder);
        Thread.currentThread().interrupt();
        assertThrows(IOException.class, () -> file.store(new TermAndVote(3, "n1")));
        assertTrue(Thread.interrupted());
        file.store(new TermAndVote(3, "n2"));
        assertEquals(new TermAndVote(3, "n2"), TermAndVoteFile.open(folder).last());
    }

    /** It may have acknowledged entries of that leader, which an older one must not overwrite. */
    @Test
    void aTermThatWasFollowedIsRemembered() throws Exception {
        DurableMember member = inTerm(7);
        member.changeToFollower(7, "n2");
        Files.delete(ofDLedger);
        assertEquals(7, restarted().currTerm());
    }

    @Test
    void aCandidatesOwnVoteIsThereBeforeItLeads() {
        DurableMember member = inTerm(4);
        member.setCurrVoteFor("n0");
        member.changeToLeader(4);
        assertEquals("n0", restarted().currVoteFor());
    }

    /** A volume that RocketMQ wrote alone, killed between two file operations. */
    @Test
    void aRecordThatIsNotWholeBindsToNoVoteInItsTerm() throws Exception {
        Files.createDirectories(ofDLedger.getParent());
        Files.writeString(ofDLedger.resolveSibling("currterm.bak"), "voteLeader=\ncurrTerm=6\n");
        Files.writeString(ofDLedger.resolveSibling("currterm.tmp"), "voteLeader=n1\ncurrTerm=7\n");
        DurableMember member = restarted();
        assertEquals(7, member.currTerm());
        assertEquals(RESULT.REJECT_ALREADY_VOTED, asked(member, "n1", 7));
    }

    @Test
    void aWholeRecordOfRocketmqsIsTakenOver() throws Exception {
        Files.createDirectories(ofDLedger.getParent());
        Files.writeString(ofDLedger, "voteLeader=n1\ncurrTerm=7\n");
        assertEquals(RESULT.REJECT_ALREADY_VOTED, asked(restarted(), "n2", 7));
    }

    @Test
    void aLogOfALaterTermThanTheRecordsBindsToNoVoteUpToIt() throws Exception {
        DurableMember member = restarted();
        member.hasLogOf(5);
        assertEquals(5, member.currTerm());
        assertEquals(RESULT.REJECT_ALREADY_VOTED, asked(restarted(), "n1", 5));
        assertEquals(RESULT.REJECT_TERM_NOT_READY, asked(member, "n1", 6));
    }
}
