package io.hotfire.simulation.world;

/** Told what happens inside of the rewritten classes, by calls that are put into them. */
public interface Watchers {
    /** Holds the one of the present world. */
    Watchers[] CURRENT = new Watchers[1];

    static Watchers current() {
        return CURRENT[0];
    }

    void onCommitted(Object store);

    void onBadBound(Node node, int bound);

    /** Put at the end of DLedgerMmapFileStore.updateCommittedIndex. */
    static void committed(Object store) {
        if (!World.current().isDead()) {
            current().onCommitted(store);
        }
    }
}
