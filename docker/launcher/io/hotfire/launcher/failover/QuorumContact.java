package io.hotfire.launcher.failover;

import io.hotfire.launcher.internals.DLedgerInternals;
import io.openmessaging.storage.dledger.DLedgerLeaderElector;
import io.openmessaging.storage.dledger.MemberState;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * When this leader last heard of a majority, which is what it gives up by. DLedgerLeaderElector.sendHeartbeats counts an answer only if it
 * comes before the next heartbeat is due: with heartbeats of 100 ms a leader on a busy machine hears of nobody although everybody follows it.
 * And a broker that has just been elected still counts from its last lead, or from never, and gives up after its first heartbeat.
 */
final class QuorumContact {
    private final DLedgerLeaderElector elector;
    private final MemberState member;
    private final Map<String, Long> answers = new HashMap<>();
    private boolean isAsking = true;

    QuorumContact(DLedgerLeaderElector elector, MemberState member) {
        this.elector = elector;
        this.member = member;
    }

    /** This broker asks for votes. */
    synchronized void asks() {
        isAsking = true;
    }

    /** This broker sends a heartbeat: if it asked for votes before, a majority has just given them. */
    synchronized void leads() {
        if (isAsking) {
            isAsking = false;
            answers.clear();
            DLedgerInternals.MAJORITY_HEARD_AT.set(elector, System.currentTimeMillis());
        }
    }

    /** A peer follows this leader, and has said so, however late. */
    synchronized void heard(String peer, long term) {
        if (isAsking || !member.isLeader() || member.currTerm() != term) {
            return;
        }
        answers.put(peer, System.currentTimeMillis());
        int others = 1;
        while (!member.isQuorum(others + 1)) {
            others++;
        }
        answers.values().stream().sorted(Collections.reverseOrder()).skip(others - 1L).findFirst()
            .ifPresent(at -> DLedgerInternals.MAJORITY_HEARD_AT.set(elector, at));
    }
}
