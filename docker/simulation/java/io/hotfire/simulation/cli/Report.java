package io.hotfire.simulation.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The test's result: lines as they come, and Vitest's JSON, which scripts/ci/count-tests.ts counts. */
final class Report {
    private record Test(String name, boolean isPassed, String detail) {
    }

    private final List<Test> tests = new ArrayList<>();

    void add(String name, boolean isPassed, String detail) {
        tests.add(new Test(name, isPassed, detail));
        System.out.printf("%s %s (%s)%n", isPassed ? "✓" : "✗", name, detail);
    }

    boolean isGood() {
        return tests.stream().allMatch(Test::isPassed);
    }

    String summary() {
        long passed = tests.stream().filter(Test::isPassed).count();
        return passed + " passed, " + (tests.size() - passed) + " failed";
    }

    void write(String file) {
        if (file == null) {
            return;
        }
        String results = tests.stream().map(test -> "{\"fullName\":" + quoted(test.name) + ",\"status\":\"" + status(test.isPassed) + "\",\"failureMessages\":["
            + (test.isPassed ? "" : quoted(test.detail)) + "]}").collect(Collectors.joining(","));
        long failed = tests.stream().filter(test -> !test.isPassed).count();
        String json = "{\"numPassedTests\":" + (tests.size() - failed) + ",\"numFailedTests\":" + failed + ",\"success\":" + (failed == 0)
            + ",\"testResults\":[{\"name\":\"simulation\",\"message\":\"\",\"status\":\"" + status(failed == 0) + "\",\"assertionResults\":[" + results + "]}]}\n";
        try {
            Files.createDirectories(Path.of(file).toAbsolutePath().getParent());
            Files.writeString(Path.of(file), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String status(boolean isPassed) {
        return isPassed ? "passed" : "failed";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
