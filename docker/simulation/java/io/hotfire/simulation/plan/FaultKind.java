package io.hotfire.simulation.plan;

import java.util.Arrays;
import java.util.List;

/** What may happen to a group. Those that are not part of a random schedule are asked for by name. */
public enum FaultKind {
    KILL("kill", true),
    KILL_AT_FILE("kill-at-file", true),
    FREEZE("freeze", true),
    CUT_OFF("cut-off", true),
    PARTITION("partition", true),
    LOSS("loss", true),
    CLOCK("clock", true),
    SLOW_DISK("slow-disk", true),
    FULL_DISK("full-disk", true),
    /** Each new leader is cut off moments after it leads, and two others are left together: Raft's figure 8. */
    SWING("swing", true),
    /** Whoever has just given its vote is killed, and back at once, while the candidate is cut off: it may be asked again in that term. */
    VOTER_KILL("voter-kill", true),
    HAND_OVER("hand-over", true),
    /** A vote or a heartbeat of another group, as when an address changed hands. */
    FOREIGN("foreign", true),
    /** Back with an empty disk: a voter that forgot (H2). Not part of a random schedule while no member is filled before it may vote. */
    EMPTY_DISK("empty-disk", false);

    private final String word;
    private final boolean isUsual;

    FaultKind(String word, boolean isUsual) {
        this.word = word;
        this.isUsual = isUsual;
    }

    public String word() {
        return word;
    }

    public static List<FaultKind> usual() {
        return Arrays.stream(values()).filter(kind -> kind.isUsual).toList();
    }

    public static FaultKind of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no fault '" + word + "', only " + Arrays.stream(values()).map(FaultKind::word).toList()));
    }
}
