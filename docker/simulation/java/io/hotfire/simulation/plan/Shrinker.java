package io.hotfire.simulation.plan;

import java.util.ArrayList;
import java.util.List;

/** Makes a plan that breaks an invariant smaller, as long as it still breaks the same one: fewer faults, shorter ones, a shorter run. */
public final class Shrinker {
    private static final int MOST_TRIES = 50;

    private final Simulator simulator;
    private final Invariant invariant;
    private int tries;

    public Shrinker(Simulator simulator, Invariant invariant) {
        this.simulator = simulator;
        this.invariant = invariant;
    }

    public Plan shrink(Plan plan) {
        Plan smallest = cut(plan);
        boolean isSmaller = true;
        while (isSmaller && tries < MOST_TRIES) {
            Plan before = smallest;
            smallest = withFewerFaults(smallest);
            smallest = withShorterFaults(smallest);
            isSmaller = !smallest.equals(before);
        }
        return smallest;
    }

    /** Nothing that comes after the violation matters. */
    private Plan cut(Plan plan) {
        long foundMs = simulator.run(plan, false).findings().stream().filter(finding -> finding.invariant() == invariant)
            .mapToLong(Finding::atMs).findFirst().orElse(plan.runMs());
        long runMs = Math.min(plan.runMs(), foundMs + 1);
        Plan shorter = plan.with(plan.faults().stream().filter(fault -> fault.atMs() < runMs).toList(), runMs);
        return breaks(shorter) ? shorter : plan;
    }

    private Plan withFewerFaults(Plan plan) {
        Plan best = plan;
        for (int size = Math.max(1, plan.faults().size() / 2); size >= 1; size /= 2) {
            for (int from = 0; from < best.faults().size() && tries < MOST_TRIES;) {
                List<Fault> rest = new ArrayList<>(best.faults());
                rest.subList(from, Math.min(rest.size(), from + size)).clear();
                Plan smaller = best.with(rest, best.runMs());
                if (breaks(smaller)) {
                    best = smaller;
                } else {
                    from += size;
                }
            }
        }
        return best;
    }

    private Plan withShorterFaults(Plan plan) {
        Plan best = plan;
        for (int i = 0; i < best.faults().size() && tries < MOST_TRIES; i++) {
            List<Fault> changed = new ArrayList<>(best.faults());
            changed.set(i, changed.get(i).shorter());
            Plan shorter = best.with(changed, best.runMs());
            if (changed.get(i).forMs() > 20 && breaks(shorter)) {
                best = shorter;
            }
        }
        return best;
    }

    private boolean breaks(Plan plan) {
        tries++;
        return simulator.run(plan, false).breaks(invariant);
    }
}
