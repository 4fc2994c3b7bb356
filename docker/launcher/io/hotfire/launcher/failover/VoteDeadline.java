package io.hotfire.launcher.failover;

/** How long a candidate waits for a peer's vote: it follows the usual stalls of this process, where DLedger always waits for 2 s. */
final class VoteDeadline {
    /** Who has followed nobody yet does not know whether there is a leader: its peers may take so long to say so. */
    static final int FIRST_MS = 1000;
    /** DLedger's hard-coded wait for votes. */
    private static final int LONGEST_MS = 2000;
    private static final int SHORTEST_MS = 150;
    /** For the vote of the leader that is lost: it answers at once, or it is lost indeed. */
    private static final int LOST_LEADER_MS = 30;

    private final PauseHistory stalls;
    private final int heartbeatMs;

    /** @param stalls of this process */
    VoteDeadline(PauseHistory stalls, int heartbeatMs) {
        this.stalls = stalls;
        this.heartbeatMs = heartbeatMs;
    }

    long ofPeerMs() {
        return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Patience.CAUTION * stalls.usual()));
    }

    long ofLostLeaderMs() {
        return Math.min(SHORTEST_MS, LOST_LEADER_MS + Patience.CAUTION * Math.max(0, stalls.usual() - heartbeatMs));
    }
}
