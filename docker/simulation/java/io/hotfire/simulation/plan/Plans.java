package io.hotfire.simulation.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A seed as a plan. */
public final class Plans {
    private static final int FIRST_FAULT_MS = 2500;
    /** A fault more often than not hits the leader: it is the one that matters. */
    private static final int LEADER_OF_3 = 2;

    private Plans() {
    }

    public static Plan of(Subject subject, long seed, int members, Profile profile, List<FaultKind> kinds) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + members);
        boolean isStock = profile == Profile.STOCK;
        long runMs = isStock ? 30_000 : 8_000;
        long apartMs = isStock ? 8000 : 1500;
        List<Fault> faults = new ArrayList<>();
        // A run has few kinds of faults, so that the same thing happens again while the others are still at it.
        List<FaultKind> mine = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            mine.add(kinds.get(random.nextInt(kinds.size())));
        }
        long at = FIRST_FAULT_MS * (isStock ? 3 : 1);
        while (at < runMs) {
            Fault fault = fault(random, at, mine.get(random.nextInt(mine.size())), members, isStock);
            faults.add(fault);
            // Leaders need time to swing.
            at += 50 + random.nextLong(apartMs) + (isSeries(fault.kind()) ? fault.forMs() : 0);
        }
        boolean isRare = random.nextInt(3) == 0 || mine.contains(FaultKind.SWING);
        // A voter that is back has to have as much as who else may be asked.
        long everyMs = mine.contains(FaultKind.VOTER_KILL) ? 1000 + random.nextInt(2000) : isRare ? 100 + random.nextInt(300) : 15 + random.nextInt(60);
        return new Plan(subject, seed, members, profile, everyMs, runMs, random.nextInt(4) == 0, faults);
    }

    private static boolean isSeries(FaultKind kind) {
        return kind == FaultKind.SWING || kind == FaultKind.VOTER_KILL;
    }

    private static Fault fault(Random random, long at, FaultKind kind, int members, boolean isStock) {
        int node = random.nextInt(3) < LEADER_OF_3 ? Fault.LEADER : random.nextInt(members);
        long forMs = 100 + random.nextInt(isStock ? 9000 : 2500);
        long measure = switch (kind) {
            // Which of its next file operations, flushes apart, kills the member.
            case KILL_AT_FILE -> 1 + random.nextInt(12);
            // Who is on one side, and who of each pair does not hear the other.
            case PARTITION -> random.nextLong() & Long.MAX_VALUE;
            // Thousandths of the messages.
            case LOSS -> random.nextInt(400);
            // Milliseconds forward or back.
            case CLOCK -> random.nextInt(8001) - 4000;
            // Milliseconds for each operation.
            case SLOW_DISK -> 5 + random.nextInt(200);
            // How long a leader leads before it is cut off.
            case SWING -> random.nextInt(40);
            // A vote or a heartbeat, and whether the group is another one or the member.
            case FOREIGN -> random.nextInt(4);
            default -> 0;
        };
        if (kind == FaultKind.IMPATIENCE) {
            // DLedgerController.appendToDLedgerAndWait waits for 5 s, DLedger's leader for three heartbeats of 2 s.
            return new Fault(at, kind, Fault.LEADER, 5000 + random.nextInt(1500), measure);
        }
        return new Fault(at, kind, node, isSeries(kind) ? forMs + (isStock ? 30_000 : 3000) : forMs, measure);
    }
}
