package io.hotfire.launcher.simulated;

import io.hotfire.launcher.raft.CurrentTermStore;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.DLedgerServer;
import io.openmessaging.storage.dledger.MemberState;
import io.openmessaging.storage.dledger.protocol.AppendEntryRequest;
import java.nio.charset.StandardCharsets;

/**
 * How a leader comes to take writes, as RoleChange has it, without queues and registrations: an entry of its own where its log ends with one of an
 * earlier term, and the term is open once everything is committed.
 */
class Opening implements DLedgerLeaderElector.RoleChangeHandler {
    private static final long LOOK_EVERY_MS = 2;
    private static final long STOCK_LOOK_EVERY_MS = 100;

    private final DLedgerServer server;
    private final CurrentTermStore entries;
    private final MemberState member;
    private final long everyMs;

    Opening(DLedgerServer server, CurrentTermStore entries, boolean isPrompt) {
        this.server = server;
        this.entries = entries;
        this.member = server.getMemberState();
        this.everyMs = isPrompt ? LOOK_EVERY_MS : STOCK_LOOK_EVERY_MS;
    }

    @Override
    public void handle(long term, MemberState.Role role) {
        if (role == MemberState.Role.LEADER) {
            new Thread(() -> lead(term), "RoleChange").start();
        }
    }

    private void lead(long term) {
        while (isLeader(term)) {
            if (isCaughtUp(term) && takesWrites(term)) {
                return;
            }
            pause();
        }
    }

    private boolean isCaughtUp(long term) {
        long end = entries.getLedgerEndIndex();
        if (end == -1 || end == entries.getCommittedIndex()) {
            return true;
        }
        if (entries.termOf(end) != term) {
            entries.appendBeforeWrites(() -> appendOwn(term));
        }
        return false;
    }

    private void appendOwn(long term) {
        AppendEntryRequest request = new AppendEntryRequest();
        request.setGroup(member.getGroup());
        request.setRemoteId(member.getSelfId());
        request.setBody((member.getSelfId() + " leads in term " + term).getBytes(StandardCharsets.UTF_8));
        try {
            server.handleAppend(request);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean takesWrites(long term) {
        synchronized (member) {
            if (isLeader(term)) {
                entries.takeWritesOf(term);
            }
            return isLeader(term);
        }
    }

    private boolean isLeader(long term) {
        return member.isLeader() && member.currTerm() == term;
    }

    private void pause() {
        try {
            Thread.sleep(everyMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void startup() {
    }

    @Override
    public void shutdown() {
    }
}
