package io.hotfire.simulation.world;

/** Who did what, when: what a person reads to follow a run. */
public final class Story {
    private final World world;
    private final StringBuilder lines;

    Story(World world, boolean isTold) {
        this.world = world;
        this.lines = isTold ? new StringBuilder() : null;
    }

    public boolean isTold() {
        return lines != null;
    }

    public void tell(String what) {
        if (lines != null) {
            lines.append(String.format("%9.4f s  %s%n", (world.now() - 1_000_000_000L) / 1e9, what));
        }
    }

    @Override
    public String toString() {
        return lines == null ? "" : lines.toString();
    }
}
