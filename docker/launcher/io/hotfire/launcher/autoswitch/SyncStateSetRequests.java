package io.hotfire.launcher.autoswitch;

import java.util.Set;

/** How a master asks the controllers to change its group's in-sync set. */
interface SyncStateSetRequests {
    /** What the controllers have last said: the set and its epoch. They accept a change only of the newest. */
    record Basis(Set<Long> set, int epoch) {
    }

    enum Outcome {
        /** The controllers have the set. */
        TAKEN,
        /** They have not and will not, or were not asked. */
        REFUSED,
        /** No answer: they may have it, or come to have it later. */
        UNKNOWN
    }

    Basis basis();

    /** Waits for the answer; a set that was taken has been given to the HA service by then. */
    Outcome send(Set<Long> wanted, Basis basis);
}
