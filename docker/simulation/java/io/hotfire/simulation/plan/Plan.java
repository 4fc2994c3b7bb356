package io.hotfire.simulation.plan;

import java.util.List;

/**
 * All that a run depends on: the same plan is the same run, event for event.
 *
 * @param seed          of everything that is left to chance in the run itself: delays, order, the elector's pauses
 * @param everyMs       between two messages of the client
 * @param runMs         until everything is healed
 * @param isPreemptive  whether threads are also interrupted between two reads of shared state
 */
public record Plan(Subject subject, long seed, int members, Profile profile, long everyMs, long runMs, boolean isPreemptive, List<Fault> faults) {
    public Plan {
        faults = List.copyOf(faults);
    }

    public Plan with(List<Fault> others, long otherRunMs) {
        return new Plan(subject, seed, members, profile, everyMs, otherRunMs, isPreemptive, others);
    }
}
