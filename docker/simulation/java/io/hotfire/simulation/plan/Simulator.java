package io.hotfire.simulation.plan;

/** Runs one plan. Implemented on the other side of the class loader, among the rewritten classes. */
public interface Simulator {
    Outcome run(Plan plan, boolean withStory);
}
