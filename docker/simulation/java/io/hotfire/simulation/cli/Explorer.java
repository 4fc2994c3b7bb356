package io.hotfire.simulation.cli;

import io.hotfire.simulation.plan.Outcome;
import io.hotfire.simulation.plan.Plan;
import io.hotfire.simulation.plan.Simulator;
import io.hotfire.simulation.rewrite.SimulationLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One seed after the other, for as long as there is time. The first that break something are told. */
public final class Explorer {
    private static final int TOLD = 3;
    private static final long SAY_EVERY_MS = 10_000;

    private final Options options;
    private final Tally tally = new Tally();
    private final AtomicLong next;
    private final long first;
    private final long until;
    private long said = System.currentTimeMillis();
    private int told;
    private volatile Throwable failure;

    public Explorer(Options options) {
        this.options = options;
        first = options.first();
        next = new AtomicLong(first);
        until = options.count() > 0 ? Long.MAX_VALUE : System.currentTimeMillis() + options.millis();
    }

    public boolean run() {
        System.out.println("==> seeds from " + first + (options.mutant() == null ? "" : ", with mutant " + options.mutant().name()));
        explore();
        System.out.print(tally.table());
        return isGood();
    }

    /** Whether there were runs, all of them to their end, in which all invariants held. */
    boolean isGood() {
        return hasEnded() && tally.isGood();
    }

    boolean hasEnded() {
        return failure == null && tally.runs() > 0;
    }

    Tally explore() {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < options.workers(); i++) {
            // fastjson keeps much on the stack of a continuation's carrier.
            Thread worker = new Thread(null, this::workOrFail, "simulation-" + i, 64L << 20);
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return tally;
    }

    private void workOrFail() {
        try {
            work();
        } catch (Throwable e) {
            failure = e;
            e.printStackTrace();
        }
    }

    private void work() {
        Simulator simulator = new SimulationLoader(options.mutant()).simulator();
        while (System.currentTimeMillis() < until) {
            long seed = next.getAndIncrement();
            if (options.count() > 0 && seed >= first + options.count()) {
                return;
            }
            Plan plan = options.plan(seed);
            Outcome outcome = simulator.run(plan, false);
            tally.add(plan, outcome);
            if (!outcome.findings().isEmpty()) {
                tell(simulator, plan, outcome);
            }
            progress();
        }
    }

    private synchronized void tell(Simulator simulator, Plan plan, Outcome outcome) {
        System.out.println("    seed " + plan.seed() + ": " + outcome.findings());
        if (told++ < TOLD) {
            System.out.println(Replay.found(simulator, plan, outcome));
        }
    }

    private synchronized void progress() {
        if (System.currentTimeMillis() - said > SAY_EVERY_MS) {
            said = System.currentTimeMillis();
            System.out.println("    " + tally.line());
        }
    }
}
