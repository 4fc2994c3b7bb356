package io.hotfire.simulation.world;

import io.hotfire.simulation.disk.Disk;

/** A machine with a disk and a clock, and the process on it, which has one life after another. */
public final class Node {
    private final World world;
    private final int id;
    private Disk disk = new Disk(this);
    private int life;
    private boolean isUp;
    private long frozenUntil;
    private long clockSkewMs;
    private Runnable onKill = () -> { };

    public Node(World world, int id) {
        this.world = world;
        this.id = id;
    }

    public int id() {
        return id;
    }

    public World world() {
        return world;
    }

    public Disk disk() {
        return disk;
    }

    /** Counts the processes that have been killed here. */
    public int life() {
        return life;
    }

    public boolean isUp() {
        return isUp;
    }

    public boolean isRunning() {
        return isUp && frozenUntil <= world.now();
    }

    long frozenUntil() {
        return frozenUntil;
    }

    long clockSkewMs() {
        return clockSkewMs;
    }

    public void starts() {
        isUp = true;
    }

    public void onKill(Runnable action) {
        onKill = action;
    }

    public void kill(String how) {
        if (!isUp) {
            return;
        }
        world.story().tell(this + " " + how);
        isUp = false;
        life++;
        frozenUntil = 0;
        onKill.run();
    }

    public void freeze(long millis) {
        frozenUntil = Math.max(frozenUntil, world.now() + millis * 1_000_000);
    }

    public void thaw() {
        frozenUntil = Math.min(frozenUntil, world.now());
    }

    public void stepClock(long millis) {
        clockSkewMs += millis;
    }

    public void setClock() {
        clockSkewMs = 0;
    }

    public void loseDisk() {
        disk = new Disk(this);
    }

    @Override
    public String toString() {
        return "n" + id;
    }
}
