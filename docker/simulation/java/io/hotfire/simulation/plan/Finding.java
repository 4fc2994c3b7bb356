package io.hotfire.simulation.plan;

/** One broken invariant: when, in ms of virtual time, and what was seen. */
public record Finding(Invariant invariant, long atMs, String what) {
    @Override
    public String toString() {
        return String.format("%s at %.3f s: %s", invariant, atMs / 1e3, what);
    }
}
