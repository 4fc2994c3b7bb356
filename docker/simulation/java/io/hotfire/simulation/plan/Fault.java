package io.hotfire.simulation.plan;

/**
 * One fault of a schedule.
 *
 * @param atMs    since the begin
 * @param node    which member, or {@link #LEADER}: whichever leads then
 * @param forMs   how long it lasts, or how long the member stays down
 * @param measure how much: milliseconds, operations, a bit mask, thousandths; {@link FaultKind} says of what
 */
public record Fault(long atMs, FaultKind kind, int node, long forMs, long measure) {
    public static final int LEADER = -1;

    public Fault shorter() {
        return new Fault(atMs, kind, node, forMs / 2, measure);
    }

    @Override
    public String toString() {
        return kind.word() + " " + (node == LEADER ? "leader" : "n" + node) + " at " + atMs + " ms for " + forMs + " ms (" + measure + ")";
    }
}
