package io.hotfire.launcher.raft;

import io.openmessaging.storage.dledger.DLedgerConfig;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.exception.DLedgerException;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import io.openmessaging.storage.dledger.utils.DLedgerUtils;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A member that has stored a vote before it gives it, and its term before it follows or leads in it. MemberState.persistTerm syncs nothing and swallows
 * every failure, so that a member which was killed or had no room votes again in a term in which it has voted, and follows a leader that it has
 * left behind (docs/reference/upstream). Where it cannot be stored nothing is promised: DLedgerServer answers the exception as a failure, which is no vote. Nor
 * does a {@link Newcomer} promise anything, and it leads in no term.
 */
public final class DurableMember extends MemberState {
    private static final long FAILED_PAUSE_MS = 10;

    private final TermAndVoteFile file;
    private final VotingRight right;
    /** A candidate's vote for itself is stored while it asks the others: it counts with its own election, and nowhere else. */
    private final ExecutorService own = Executors.newSingleThreadExecutor(runnable -> {
        Thread thread = new Thread(runnable, "HotfireTerm");
        thread.setDaemon(true);
        return thread;
    });
    private CompletableFuture<Void> ownVote = CompletableFuture.completedFuture(null);

    private DurableMember(DLedgerConfig config, TermAndVoteFile file, VotingRight right) {
        super(config);
        this.file = file;
        this.right = right;
    }

    /** Before the member's log is read: what is on disk decides what it remembers. */
    static DurableMember open(DLedgerConfig config) {
        Path folder = Path.of(config.getDefaultPath());
        try {
            VotingRight right = VotingRight.open(folder, new File(config.getDataStorePath()));
            TermAndVoteFile file = TermAndVoteFile.open(folder);
            TermAndVote promise = file.last().and(DLedgerTermFile.read(folder));
            file.store(promise);
            if (TermAndVote.UNKNOWN.equals(promise.vote())) {
                System.out.println("hotfire: the record of term and vote was not whole: no vote in term " + promise.term());
            }
            DurableMember member = new DurableMember(config, file, right);
            member.recall(promise);
            if (member.peerSize() == 1) {
                member.founds(Map.of());
            }
            return member;
        } catch (IOException e) {
            throw new IllegalStateException("term and vote cannot be kept in " + folder + ", and without them this member must not vote", e);
        }
    }

    /** Not less than what the constructor has read from DLedger's own record. */
    private void recall(TermAndVote promise) {
        setCurrTermForTest(promise.term());
        super.setCurrVoteFor(promise.vote());
    }

    /** The log is read. A member that has entries of a term has seen it, whatever its record says, and may have voted in it. */
    synchronized void hasLogOf(long term) {
        if (term > currTerm()) {
            System.out.println("hotfire: the log is of term " + term + ", the record of term and vote of " + currTerm() + ": no vote up to that term");
            setCurrTermForTest(term);
            setCurrVoteFor(TermAndVote.UNKNOWN);
        }
    }

    public boolean mayVote() {
        return !right.isNewcomer();
    }

    /** Of this member; empty for one of an image before this. */
    String disk() {
        return right.id();
    }

    /** The disk that the other member had when this one found their group new, or null. */
    String foundedWith(String other) {
        return right.foundedWith(other);
    }

    /** No vote, and no term that it has followed. */
    boolean hasPromisedNothing() {
        return file.last().equals(TermAndVote.NONE);
    }

    /** All members have nothing; {@code others} are the disks of the others. */
    synchronized void founds(Map<String, String> others) {
        if (!mayVote()) {
            becomesMember(() -> right.founds(others), "hotfire: a new group of " + peerSize() + ": no member has anything");
        }
    }

    /** It has what its group has. In the term in which it was filled it may have voted with the disk that it has lost; in a later one it has not been asked. */
    synchronized void isFilled(long end) {
        if (!mayVote()) {
            setCurrVoteFor(TermAndVote.UNKNOWN);
            becomesMember(right::becomesMember, "hotfire: this member, whose disk was empty, has its group's log up to " + end + " and votes from now on");
        }
    }

    private static void becomesMember(Write write, String what) {
        try {
            write.run();
            System.out.println(what);
        } catch (IOException e) {
            System.err.println("hotfire: cannot store that this member may vote, so it does not: " + e);
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    @Override
    public synchronized void setCurrVoteFor(String candidate) {
        if (candidate != null && !candidate.equals(TermAndVote.UNKNOWN) && !mayVote()) {
            if (!candidate.equals(getSelfId())) {
                throw new DLedgerException(DLedgerResponseCode.ILLEGAL_MEMBER_STATE, "this member's disk was empty, and it does not have its group's log yet");
            }
            // Its own vote, in a round in which it asks no other member.
            return;
        }
        TermAndVote promise = new TermAndVote(currTerm(), candidate);
        if (getSelfId().equals(candidate)) {
            ownVote = CompletableFuture.runAsync(() -> store(promise), own);
        } else {
            store(promise);
        }
        super.setCurrVoteFor(candidate);
    }

    @Override
    public synchronized void changeToLeader(long term) {
        try {
            if (!mayVote() || !getSelfId().equals(currVoteFor())) {
                throw new DLedgerException(DLedgerResponseCode.ILLEGAL_MEMBER_STATE, "has not voted for itself in term %d", term);
            }
            ownVote.join();
            store(new TermAndVote(term, getSelfId()));
        } catch (RuntimeException e) {
            // The elector tries again without a pause (StateMaintainer.doWork sleeps only after a success).
            DLedgerUtils.sleep(FAILED_PAUSE_MS);
            throw e;
        }
        super.changeToLeader(term);
    }

    @Override
    public synchronized void changeToFollower(long term, String leaderId) {
        if (file.last().term() < term) {
            store(new TermAndVote(term, currVoteFor()));
        }
        super.changeToFollower(term, leaderId);
    }

    private void store(TermAndVote promise) {
        try {
            file.store(promise);
        } catch (IOException e) {
            System.err.println("hotfire: cannot store term and vote, so nothing is promised: " + e);
            throw new DLedgerException(DLedgerResponseCode.DISK_ERROR, "%s is not stored: %s", promise, e);
        }
    }
}
