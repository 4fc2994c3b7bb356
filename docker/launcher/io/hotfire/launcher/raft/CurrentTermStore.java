package io.hotfire.launcher.raft;

import io.hotfire.launcher.internals.DLedgerInternals;
import io.openmessaging.storage.dledger.DLedgerConfig;
import io.openmessaging.storage.dledger.entry.DLedgerEntry;
import io.openmessaging.storage.dledger.exception.DLedgerException;
import io.openmessaging.storage.dledger.protocol.DLedgerResponseCode;
import io.openmessaging.storage.dledger.store.file.DLedgerMmapFileStore;
import io.openmessaging.storage.dledger.store.file.SelectMmapBufferResult;
import java.util.function.LongConsumer;

/**
 * DLedger's log with Raft's section 5.4.2: copies of an entry of an earlier term make it committed only together with one of the leader's own term
 * behind it. DLedgerMmapFileStore.updateCommittedIndex counts them alone, RocketMQ shows what is committed to consumers and indexes it, and another
 * leader may still replace it. Three more: entries may be as large as messages may ({@link EntryBuffers}); what is replaced although it counted as committed (in a group whose other members count so) is taken
 * back, and a leader appends in a term only once its broker has taken that term's writes.
 */
public final class CurrentTermStore extends DLedgerMmapFileStore {
    /** In an entry of the index file: behind magic, position, size and index (DLedgerEntryCoder.encodeIndex). */
    private static final int TERM_AT = 4 + 8 + 4 + 8;

    private final DurableMember member;
    private final EntryBuffers buffers = new EntryBuffers();
    private volatile boolean isRecovered;
    private volatile long writableTerm = -1;
    /** Who may append before the writes are taken: the leader's own entry. */
    private volatile Thread opener;
    /** Told the position from which on the log is to be indexed again. */
    private volatile LongConsumer onTakenBack = position -> { };

    CurrentTermStore(DLedgerConfig config, DurableMember member) {
        super(config, member);
        this.member = member;
        DLedgerInternals.ENTRY_BUFFERS.set(this, buffers);
        addAppendHook((entry, buffer, bodyOffset) -> {
            // In DLedger's lock, before anything is written. A controller's own entry has no body (DLedgerController.RoleChangeHandler), all else has one.
            boolean isOwn = Thread.currentThread() == opener || entry.getBody() == null || entry.getBody().length == 0;
            if (entry.getTerm() != writableTerm && !isOwn) {
                throw new DLedgerException(DLedgerResponseCode.LEADER_NOT_READY, "term %d takes no writes yet", entry.getTerm());
            }
        });
    }

    public void onTakenBack(LongConsumer action) {
        onTakenBack = action;
    }

    /** Called in DLedger's lock by the leader of that term. */
    public void takeWritesOf(long term) {
        writableTerm = term;
    }

    public void appendBeforeWrites(Runnable append) {
        opener = Thread.currentThread();
        try {
            append.run();
        } finally {
            opener = null;
        }
    }

    @Override
    public DLedgerEntry appendAsLeader(DLedgerEntry entry) {
        return buffers.withRoomFor(entry, () -> super.appendAsLeader(entry));
    }

    @Override
    public DLedgerEntry appendAsFollower(DLedgerEntry entry, long leaderTerm, String leaderId) {
        return buffers.withRoomFor(entry, () -> super.appendAsFollower(entry, leaderTerm, leaderId));
    }

    @Override
    public void recover() {
        super.recover();
        isRecovered = true;
        member.hasLogOf(getLedgerEndTerm());
    }

    /** A follower takes its leader's word, which follows the same rule; the recovery its own, from before. */
    @Override
    public void updateCommittedIndex(long term, long index) {
        if (isRecovered && !member.isFollower() && index > getCommittedIndex() && termOf(Math.min(index, getLedgerEndIndex())) != term) {
            return;
        }
        super.updateCommittedIndex(term, index);
    }

    /** -1 where there is no such entry. */
    public long termOf(long index) {
        if (index < 0 || index < getLedgerBeginIndex() || index > getLedgerEndIndex()) {
            return -1;
        }
        SelectMmapBufferResult entry = getIndexFileList().getData(index * INDEX_UNIT_SIZE, INDEX_UNIT_SIZE);
        try {
            return entry == null ? -1 : entry.getByteBuffer().getLong(entry.getByteBuffer().position() + TERM_AT);
        } finally {
            SelectMmapBufferResult.release(entry);
        }
    }

    /**
     * A leader that compares logs again, after a push that failed, names the place at which they were alike when the follower answered, and what it had sent
     * before may have arrived since: cut off, an entry that this member has acknowledged, and that counts for a majority, is not on it any more. Raft cuts what differs. With an
     * entry of the leader's own term at its end all of this log is the leader's, since in a term entries come from one leader, and behind a log that it has compared.
     */
    private boolean isAllOf(long leaderTerm, String leaderId) {
        return member.isFollower() && leaderTerm == member.currTerm() && leaderTerm == getLedgerEndTerm() && leaderId.equals(member.getLeaderId());
    }

    @Override
    public long truncate(DLedgerEntry entry, long leaderTerm, String leaderId) {
        synchronized (member) {
            if (entry.getIndex() <= getLedgerEndIndex() && isAllOf(leaderTerm, leaderId)) {
                return entry.getIndex();
            }
        }
        boolean isHere = entry.getTerm() == termOf(entry.getIndex());
        long kept = isHere ? entry.getIndex() : entry.getIndex() - 1;
        long end = isHere ? entry.getPos() + entry.getSize() : entry.getPos();
        if (member.isFollower() && leaderTerm == member.currTerm() && kept < getCommittedIndex()) {
            System.out.println("hotfire: entries " + (kept + 1) + " to " + getCommittedIndex() + " counted as committed and are replaced by leader "
                + leaderId + ": taken back from position " + end + " on");
            DLedgerInternals.COMMITTED_POS.set(this, end);
            DLedgerInternals.COMMITTED_INDEX.set(this, kept);
            onTakenBack.accept(end);
        }
        return buffers.withRoomFor(entry, () -> super.truncate(entry, leaderTerm, leaderId));
    }
}
