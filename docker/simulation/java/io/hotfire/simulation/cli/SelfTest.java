package io.hotfire.simulation.cli;

import io.hotfire.simulation.plan.Invariant;
import io.hotfire.simulation.plan.Outcome;
import io.hotfire.simulation.plan.Plan;
import io.hotfire.simulation.plan.Plans;
import io.hotfire.simulation.plan.Simulator;
import io.hotfire.simulation.rewrite.Mutant;
import io.hotfire.simulation.rewrite.Mutants;
import io.hotfire.simulation.rewrite.SimulationLoader;
import java.util.List;

/** The bounded run: the same schedules each time, all of which have to hold; each mutant, which has to be found; the same seed twice, which has to be the same run. */
public final class SelfTest {
    private final Options options;
    private final Report report = new Report();

    public SelfTest(Options options) {
        this.options = options;
    }

    public boolean run() {
        if (options.mutant() == null) {
            holds();
            isRepeatable();
            Mutants.asserted().forEach(this::isFound);
        } else {
            isFound(options.mutant());
        }
        report.write(options.report());
        System.out.println(report.summary());
        return report.isGood();
    }

    private void holds() {
        Explorer explorer = new Explorer(Options.of(new String[] {"--first", "1", "--count", String.valueOf(options.count()), "--workers",
            String.valueOf(options.workers())}));
        Tally tally = explorer.explore();
        System.out.print(tally.table());
        report.add("invariants hold in " + options.count() + " schedules", explorer.hasEnded() && tally.runs() == options.count() && tally.seeds().isEmpty(),
            tally.line() + ", seeds " + tally.seeds());
    }

    private void isRepeatable() {
        Plan plan = options.plan(5);
        Outcome one = new SimulationLoader(null).simulator().run(plan, false);
        Outcome other = new SimulationLoader(null).simulator().run(plan, true);
        report.add("the same seed is the same run", one.trace() == other.trace() && one.steps() == other.steps(), one.steps() + " and " + other.steps() + " steps");
    }

    private void isFound(Mutant mutant) {
        Simulator simulator = new SimulationLoader(mutant).simulator();
        List<Invariant> broken = List.of();
        long seed = 0;
        while (broken.stream().noneMatch(mutant.breaks()::contains) && seed < mutant.within()) {
            seed++;
            Outcome outcome = simulator.run(Plans.of(mutant.subject(), seed, mutant.members(), mutant.profile(), mutant.kinds()), false);
            broken = outcome.findings().stream().map(finding -> finding.invariant()).toList();
        }
        boolean isFound = broken.stream().anyMatch(mutant.breaks()::contains);
        report.add("finds " + mutant.name() + ": " + mutant.what(), isFound, isFound ? "seed " + seed + " breaks " + broken : "not in " + seed + " seeds");
    }
}
