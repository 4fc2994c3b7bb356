package io.hotfire.simulation.plan;

import java.util.Arrays;
import java.util.List;

/** What may happen to a group. */
public enum FaultKind {
    KILL("kill"),
    KILL_AT_FILE("kill-at-file"),
    FREEZE("freeze"),
    CUT_OFF("cut-off"),
    PARTITION("partition"),
    LOSS("loss"),
    CLOCK("clock"),
    SLOW_DISK("slow-disk"),
    FULL_DISK("full-disk"),
    /** Each new leader is cut off moments after it leads, and two others are left together: Raft's figure 8. */
    SWING("swing"),
    /** Whoever has just given its vote is killed, and back at once, while the candidate is cut off: it may be asked again in that term. */
    VOTER_KILL("voter-kill"),
    /** Cut off for longer than a controller waits for an event, and shorter than it leads without a majority: it decides once more before it is back. */
    IMPATIENCE("impatience"),
    HAND_OVER("hand-over"),
    /** A vote or a heartbeat of another group, as when an address changed hands. */
    FOREIGN("foreign"),
    /** Back with an empty disk: a voter that forgot (H2). One at a time. */
    EMPTY_DISK("empty-disk");

    private final String word;

    FaultKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** Those of a random schedule. Nothing asks a controller to hand over, and no broker waits for its log. */
    public static List<FaultKind> usual(Subject subject) {
        FaultKind others = subject == Subject.BROKERS ? IMPATIENCE : HAND_OVER;
        return Arrays.stream(values()).filter(kind -> kind != others).toList();
    }

    public static FaultKind of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no fault '" + word + "', only " + Arrays.stream(values()).map(FaultKind::word).toList()));
    }
}
