package io.hotfire.simulation.plan;

import java.util.List;

/** What a run came to. {@code trace} is a hash over all events in order: equal for equal plans. */
public record Outcome(List<Finding> findings, int elections, int acknowledged, long steps, long virtualMs, long trace, String story) {
    public boolean breaks(Invariant invariant) {
        return findings.stream().anyMatch(finding -> finding.invariant() == invariant);
    }
}
