package io.hotfire.simulation.world;

/** Ends what a killed process was doing. An Error, because the simulated code catches exceptions; what catches Throwable changes nothing any more. */
public final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    public Killed() {
        super("killed", null, false, false);
    }
}
