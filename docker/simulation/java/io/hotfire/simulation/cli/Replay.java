package io.hotfire.simulation.cli;

import io.hotfire.simulation.plan.Invariant;
import io.hotfire.simulation.plan.Outcome;
import io.hotfire.simulation.plan.Plan;
import io.hotfire.simulation.plan.Shrinker;
import io.hotfire.simulation.plan.Simulator;
import io.hotfire.simulation.rewrite.SimulationLoader;

/** One seed, told. One that breaks an invariant is made smaller first. */
public final class Replay {
    private static final int MOST_LINES = 400;

    private final Options options;

    public Replay(Options options) {
        this.options = options;
    }

    public boolean run() {
        Simulator simulator = new SimulationLoader(options.mutant()).simulator();
        Plan plan = options.plan(options.seed());
        Outcome outcome = simulator.run(plan, true);
        boolean isGood = outcome.findings().isEmpty();
        System.out.print(isGood ? story(plan, outcome) : found(simulator, plan, outcome));
        return isGood;
    }

    /** What was found with a plan, as a person follows it: the smallest plan that still does it, told. */
    static String found(Simulator simulator, Plan plan, Outcome outcome) {
        Invariant invariant = outcome.findings().get(0).invariant();
        Plan smallest = new Shrinker(simulator, invariant).shrink(plan);
        Outcome again = simulator.run(smallest, true);
        return String.format("seed %d breaks %s (%s).%n%d of %d faults are enough for it.%n%s", plan.seed(), invariant, invariant.meaning(),
            smallest.faults().size(), plan.faults().size(), story(smallest, again));
    }

    private static String story(Plan plan, Outcome outcome) {
        StringBuilder text = new StringBuilder();
        text.append(String.format("%s, %d members, %s, a message every %d ms, %d ms of faults%s%n", plan.subject(), plan.members(), plan.profile(), plan.everyMs(), plan.runMs(),
            plan.isPreemptive() ? ", threads interrupted" : ""));
        plan.faults().forEach(fault -> text.append("  ").append(fault).append('\n'));
        String[] lines = outcome.story().split("\n");
        int violation = lines.length;
        for (int i = lines.length - 1; i >= 0; i--) {
            violation = lines[i].contains("VIOLATION") ? i : violation;
        }
        int last = Math.min(lines.length, violation + 2);
        for (int i = Math.max(0, last - MOST_LINES); i < last; i++) {
            text.append(lines[i]).append('\n');
        }
        outcome.findings().forEach(finding -> text.append(finding).append('\n'));
        return text.toString();
    }
}
