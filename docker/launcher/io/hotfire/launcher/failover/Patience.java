package io.hotfire.launcher.failover;

/** How much silence is borne: more where pauses are usual, after false suspicions, and in the first seconds with a leader. */
final class Patience {
    /** Silence is this many times the usual pause. */
    static final int CAUTION = 2;
    /** As long as stock DLedger waits: 3 heartbeats of 2 s. */
    private static final int LONGEST_MS = 6000;
    /**
     * A leader that reaches no majority gives up after this many silences. It can acknowledge nothing meanwhile, so nothing is lost by
     * patience; and its own stall looks to it as if all others had gone.
     */
    private static final int LEADER_PATIENCE = 2;
    /** So many times more silence is borne in the first seconds with a leader. */
    private static final int STARTING_CAUTION = 3;

    private final FailoverTimers timers;
    private final PauseHistory beats;
    private final PauseHistory stalls;
    private final FalseSuspicions falseMisses;
    private final FalseSuspicions falseSurrenders;
    private final NewLeaderGrace grace;

    /**
     * @param beats           pauses between heartbeats
     * @param stalls          pauses of this process
     * @param falseMisses     of leaders that were missed and were not gone
     * @param falseSurrenders of leads that were given up although the others were there
     */
    Patience(
        FailoverTimers timers, PauseHistory beats, PauseHistory stalls, FalseSuspicions falseMisses, FalseSuspicions falseSurrenders, NewLeaderGrace grace
    ) {
        this.timers = timers;
        this.beats = beats;
        this.stalls = stalls;
        this.falseMisses = falseMisses;
        this.falseSurrenders = falseSurrenders;
        this.grace = grace;
    }

    /** Silence of a leader, after which its follower asks the others. */
    int ofFollowerMs() {
        int caution = Math.max(falseMisses.caution(), grace.isOver() ? 1 : STARTING_CAUTION);
        long silence = Math.max((long) timers.silenceMs() * caution, CAUTION * beats.usual());
        return (int) Math.min(Math.max(LONGEST_MS, timers.silenceMs()), silence);
    }

    /** Since a leader has last heard of a majority, for as long as it registers as master ({@link LeaderLease}). */
    long ofLeaseMs() {
        long patience = Math.max((long) LEADER_PATIENCE * timers.silenceMs() * falseSurrenders.caution(), CAUTION * stalls.usual());
        return Math.min(LONGEST_MS, patience);
    }

    /** The same, for as long as it leads. In its first seconds as long as its followers bear its silence: the same stalls keep its heartbeats and their answers. */
    long ofLeaderMs() {
        long starting = (long) STARTING_CAUTION * LEADER_PATIENCE * timers.silenceMs();
        return grace.isOver() ? ofLeaseMs() : Math.min(LONGEST_MS, Math.max(ofLeaseMs(), starting));
    }
}
