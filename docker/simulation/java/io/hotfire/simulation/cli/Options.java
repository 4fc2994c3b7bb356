package io.hotfire.simulation.cli;

import io.hotfire.simulation.plan.FaultKind;
import io.hotfire.simulation.plan.Plan;
import io.hotfire.simulation.plan.Plans;
import io.hotfire.simulation.plan.Profile;
import io.hotfire.simulation.plan.Subject;
import io.hotfire.simulation.rewrite.Mutant;
import io.hotfire.simulation.rewrite.Mutants;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the command line asks for. */
public final class Options {
    public static final String HELP = """
        simulate: DLedger's and the launcher's real classes under random faults, in virtual time. The same seed is the same run.

          --for 90s|10m|1h      explore for so long (default 1m)
          --count N             explore so many schedules instead
          --first N             the first seed (default: the clock)
          --seed N              only this seed: its story, and, if an invariant breaks, the shrunk one
          --members 3|5         default: both, as the seed says
          --profile stock|fast|mixed   default: all, as the seed says
          --subject brokers|controllers   whose group it is; default: brokers', seldom controllers'
          --faults a,b          only these kinds: %s
          --mutant NAME         with this fault planted: %s
          --workers N           side by side (default 1)
          --test                the test: so many schedules that must hold (--count, default 1000), every mutant that must be found
                                with --mutant: only that one
          --report FILE         the test's result as Vitest's JSON

        Exit code 0: all invariants hold. 1: one broke. 64: wrong use.
        """.formatted(String.join(", ", Arrays.stream(FaultKind.values()).map(FaultKind::word).toList()),
            String.join(", ", Mutants.ALL.stream().map(Mutant::name).toList()));
    private static final List<String> FLAGS = List.of("--help", "--test");
    private static final List<String> NAMES = List.of("--for", "--count", "--first", "--seed", "--members", "--profile", "--subject", "--faults", "--mutant", "--workers",
        "--report");

    /** By turns, for the groups of controllers that are drawn. */
    private static final List<Profile> OF_CONTROLLERS = List.of(Profile.FAST, Profile.STOCK, Profile.MIXED);

    private final Map<String, String> given;

    private Options(Map<String, String> given) {
        this.given = given;
    }

    public static Options of(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            if (FLAGS.contains(arguments[i])) {
                given.put(arguments[i], "");
            } else if (NAMES.contains(arguments[i]) && i + 1 < arguments.length) {
                given.put(arguments[i], arguments[++i]);
            } else {
                throw new IllegalArgumentException("no option '" + arguments[i] + "', or no value for it");
            }
        }
        Options options = new Options(given);
        options.plan(1);
        options.mutant();
        options.millis();
        return options;
    }

    public boolean isHelp() {
        return given.containsKey("--help");
    }

    public boolean isTest() {
        return given.containsKey("--test");
    }

    public boolean isOne() {
        return given.containsKey("--seed");
    }

    long seed() {
        return number("--seed", 0);
    }

    long first() {
        return number("--first", System.currentTimeMillis());
    }

    /** Or 0: as many as there is time for. */
    long count() {
        return number("--count", isTest() ? 1000 : 0);
    }

    int workers() {
        return (int) number("--workers", 1);
    }

    String report() {
        return given.get("--report");
    }

    Mutant mutant() {
        String name = given.getOrDefault("--mutant", "");
        return name.isEmpty() ? null : Mutants.named(name);
    }

    long millis() {
        String text = given.getOrDefault("--for", "1m");
        if (!text.matches("[0-9]{1,6}[smh]")) {
            throw new IllegalArgumentException("--for is '" + text + "' and not like 90s, 10m or 1h");
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return 1000 * amount * switch (text.charAt(text.length() - 1)) {
            case 'h' -> 3600;
            case 'm' -> 60;
            default -> 1;
        };
    }

    /** Groups of three with fast failover most often; every twelfth is one of stock RocketMQ, whose runs are four times as long, and every twelfth one of controllers. */
    Plan plan(long seed) {
        Mutant mutant = mutant();
        int turn = (int) Math.floorMod(seed, 12L);
        Subject subject = mutant != null ? mutant.subject() : turn == 6 ? Subject.CONTROLLERS : Subject.BROKERS;
        String subjectGiven = given.getOrDefault("--subject", "");
        if (!subjectGiven.isEmpty()) {
            subject = Subject.valueOf(subjectGiven.toUpperCase(Locale.ROOT));
        }
        Profile profile = mutant != null ? mutant.profile() : profile(seed, subject);
        int members = mutant != null ? mutant.members() : turn % 6 == 2 ? 5 : 3;
        String profileGiven = given.getOrDefault("--profile", "");
        if (!profileGiven.isEmpty()) {
            profile = Profile.valueOf(profileGiven.toUpperCase(Locale.ROOT));
        }
        members = (int) number("--members", members);
        if (members != 3 && members != 5) {
            throw new IllegalArgumentException("--members is " + members + " and not 3 or 5");
        }
        return Plans.of(subject, seed, members, profile, kinds(mutant, subject));
    }

    private static Profile profile(long seed, Subject subject) {
        int turn = (int) Math.floorMod(seed, 12L);
        if (subject == Subject.CONTROLLERS) {
            return OF_CONTROLLERS.get((int) Math.floorMod(Math.floorDiv(seed, 12L), 3L));
        }
        return turn == 0 ? Profile.STOCK : turn % 4 == 1 ? Profile.MIXED : Profile.FAST;
    }

    private List<FaultKind> kinds(Mutant mutant, Subject subject) {
        String names = given.getOrDefault("--faults", "");
        if (!names.isEmpty()) {
            return Arrays.stream(names.split(",")).map(FaultKind::of).toList();
        }
        return mutant != null ? mutant.kinds() : FaultKind.usual(subject);
    }

    private long number(String name, long otherwise) {
        String text = given.getOrDefault(name, "");
        if (!text.isEmpty() && !text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException(name + " is '" + text + "' and no number");
        }
        return text.isEmpty() ? otherwise : Long.parseLong(text);
    }
}
