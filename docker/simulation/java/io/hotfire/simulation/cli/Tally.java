package io.hotfire.simulation.cli;

import io.hotfire.simulation.plan.Finding;
import io.hotfire.simulation.plan.Outcome;
import io.hotfire.simulation.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What many runs came to. */
final class Tally {
    private static final class Row {
        private long runs;
        private long elections;
        private long acknowledged;
        private long virtualMs;
        private long broken;
    }

    private final Map<String, Row> rows = new TreeMap<>();
    private final Map<String, Long> broken = new TreeMap<>();
    private final List<Long> seeds = new ArrayList<>();
    private final long began = System.nanoTime();
    private long runs;

    synchronized void add(Plan plan, Outcome outcome) {
        runs++;
        Row row = rows.computeIfAbsent(plan.members() + " " + (plan.subject() + ", " + plan.profile()).toLowerCase(Locale.ROOT), any -> new Row());
        row.runs++;
        row.elections += outcome.elections();
        row.acknowledged += outcome.acknowledged();
        row.virtualMs += outcome.virtualMs();
        if (!outcome.findings().isEmpty()) {
            row.broken++;
            seeds.add(plan.seed());
            for (Finding finding : outcome.findings()) {
                broken.merge(finding.invariant() + " (" + finding.invariant().meaning() + ")", 1L, Long::sum);
            }
        }
    }

    synchronized long runs() {
        return runs;
    }

    synchronized boolean isGood() {
        return seeds.isEmpty();
    }

    synchronized List<Long> seeds() {
        return List.copyOf(seeds);
    }

    synchronized String line() {
        double seconds = (System.nanoTime() - began) / 1e9;
        return String.format("%d schedules in %.0f s, %.1f a second, %d broke an invariant", runs, seconds, runs / seconds, seeds.size());
    }

    synchronized String table() {
        StringBuilder text = new StringBuilder(String.format("%n%-20s %10s %10s %13s %15s %8s%n", "", "schedules", "elections", "acknowledged", "virtual hours", "broken"));
        rows.forEach((name, row) -> text.append(String.format("%-20s %10d %10d %13d %15.1f %8d%n", name, row.runs, row.elections, row.acknowledged,
            row.virtualMs / 3.6e6, row.broken)));
        broken.forEach((what, times) -> text.append(String.format("%6d x %s%n", times, what)));
        if (!seeds.isEmpty()) {
            text.append("seeds: ").append(seeds.size() > 30 ? seeds.subList(0, 30) + " …" : seeds).append('\n');
        }
        return text.append(line()).append('\n').toString();
    }
}
