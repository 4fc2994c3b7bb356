package io.hotfire.simulation.dledger;

import io.hotfire.simulation.plan.Outcome;
import io.hotfire.simulation.plan.Plan;
import io.hotfire.simulation.plan.Simulator;

/** Runs a plan with what it is about. */
public final class Subjects implements Simulator {
    @Override
    public Outcome run(Plan plan, boolean withStory) {
        Simulator simulator = switch (plan.subject()) {
            case BROKERS -> new Group();
            case CONTROLLERS -> new Controllers();
        };
        return simulator.run(plan, withStory);
    }
}
