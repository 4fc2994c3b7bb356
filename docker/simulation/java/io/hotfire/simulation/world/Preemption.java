package io.hotfire.simulation.world;

import java.util.HashMap;
import java.util.Map;

/** Interrupts a thread between two reads of what others change, as a scheduler may, where it holds no lock of DLedger's. */
public final class Preemption {
    private static final int ONE_IN = 40;
    private static final int LONGEST_NANOS = 3_000_000;

    private final World world;
    private final boolean isOn;
    private final Map<Node, Object> locks = new HashMap<>();

    Preemption(World world, boolean isOn) {
        this.world = world;
        this.isOn = isOn;
    }

    /** No thread of a node is interrupted while it holds this. */
    public static void never(Node node, Object lock) {
        node.world().preemption().locks.put(node, lock);
    }

    /** Put before the elector's reads and writes of its shared fields. */
    public static void point() {
        World world = World.current();
        Preemption mine = world.preemption();
        if (mine.isOn && Task.isRunning() && world.random().nextInt(ONE_IN) == 0 && !Thread.holdsLock(mine.locks.get(world.here()))) {
            Task.running().await(null, world.random().nextInt(LONGEST_NANOS));
        }
    }
}
