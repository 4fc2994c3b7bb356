package io.hotfire.simulation;

import io.hotfire.simulation.cli.Explorer;
import io.hotfire.simulation.cli.Options;
import io.hotfire.simulation.cli.Replay;
import io.hotfire.simulation.cli.SelfTest;

/** Entry point: {@code --help} says what there is. */
public final class Simulate {
    private static final int WRONG_USE = 64;

    private Simulate() {
    }

    public static void main(String[] arguments) {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("simulate: " + e.getMessage() + "; --help says what there is");
            System.exit(WRONG_USE);
            return;
        }
        if (options.isHelp()) {
            System.out.print(Options.HELP);
            return;
        }
        boolean isGood = options.isTest() ? new SelfTest(options).run() : options.isOne() ? new Replay(options).run() : new Explorer(options).run();
        System.exit(isGood ? 0 : 1);
    }
}
