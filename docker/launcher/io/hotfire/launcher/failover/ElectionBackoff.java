package io.hotfire.launcher.failover;

import io.openmessaging.storage.dledger.DLedgerConfig;
import io.openmessaging.storage.dledger.MemberState;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** When a candidate asks for votes again: candidates that ask at the same time split them, and nobody is elected. */
final class ElectionBackoff {
    /** Candidates try one after another, by their place among those that are left, this far apart; each within the spread. */
    private static final int TURN_MS = 50;
    private static final int SPREAD_MS = 20;
    /** So much later than its turn a candidate tries that has just been asked for its vote in a newer term: it gives way. */
    private static final int GIVE_WAY_MS = 150;
    /** The same for a leader that has handed over to it. */
    private static final int SUCCESSOR_MS = 600;
    /** Each term without a leader doubles both, so often: where votes take long, those who are too close go on splitting them. */
    private static final int MOST_DOUBLINGS = 3;

    private final DLedgerConfig config;
    private final MemberState member;
    /** Who has no turn: the leader that is followed, or was lost. */
    private String leader;
    /** The last term that is known to have had a leader. */
    private long ledTerm;
    private int givesWayMs = GIVE_WAY_MS;
    private long givesWayUntil = System.nanoTime();

    ElectionBackoff(DLedgerConfig config, MemberState member) {
        this.config = config;
        this.member = member;
        this.ledTerm = member.currTerm();
    }

    synchronized void follow(String leaderId, long term) {
        leader = leaderId;
        ledTerm = term;
        take();
    }

    synchronized void giveWay(boolean toSuccessor) {
        givesWayMs = toSuccessor ? SUCCESSOR_MS : GIVE_WAY_MS;
        givesWayUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(doubled(givesWayMs));
        take();
    }

    /** Tells the elector what holds now. Whoever was asked to take over, by the leader itself, need not wait: nobody else tries. */
    synchronized void take() {
        if (member.isLeader()) {
            ledTerm = member.currTerm();
        }
        List<String> others = member.getPeerMap().keySet().stream().filter(id -> !id.equals(leader)).sorted().toList();
        int turn = SPREAD_MS / 2 + doubled(TURN_MS) * Math.max(0, others.indexOf(member.getSelfId()));
        int first = System.nanoTime() < givesWayUntil || hasVoted() ? turn + doubled(givesWayMs) : turn;
        int spread = SPREAD_MS;
        if (member.getTermToTakeLeadership() >= member.currTerm()) {
            first = 0;
            spread = 1;
        }
        // The elector reads the two one after another, the lower one first.
        config.setMinVoteIntervalMs(Math.min(first, config.getMinVoteIntervalMs()));
        config.setMaxVoteIntervalMs(first + spread);
        config.setMinVoteIntervalMs(first);
    }

    /** For somebody else, in a term that has no leader yet: it is about to lead. */
    private boolean hasVoted() {
        String votedFor = member.currVoteFor();
        return member.currTerm() > ledTerm && votedFor != null && !votedFor.equals(member.getSelfId());
    }

    private int doubled(int millis) {
        long lost = Math.max(0, member.currTerm() - ledTerm - 1);
        return millis << Math.min(lost, MOST_DOUBLINGS);
    }
}
