package io.pado.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells people about all rounds: one table in Markdown, for the terminal and for the results file alike. */
final class Report {
    private static final List<String> FAN_MEASURES = List.of("lost", "duplicates", "outOfOrder", "dropped", "p50Ms",
            "p90Ms", "p99Ms", "maxMs", "publishedPerSecond", "lagP99Ms", "cpuUsPerDelivery", "ownCpuUsPerDelivery",
            "othersCores");
    private static final List<String> IDLE_MEASURES = List.of("open", "failed", "openedPerSecond", "kibEach",
            "kibEachWithGarbage", "heapKibEach", "descriptorsEach");
    private static final List<String> VANISH_MEASURES = List.of("descriptorsGoneSeconds", "countGoneSeconds");

    private final Rounds rounds;
    private final List<Bound> bounds = Bound.all();

    Report(Rounds rounds) {
        this.rounds = rounds;
    }

    /** A table of medians, ratios and bounds. */
    String table() {
        List<String> lines = new ArrayList<>();
        lines.add("| scenario | measure | stock | pado | pado / stock | bound | kept |");
        lines.add("|---|---|--:|--:|--:|---|---|");
        rows(lines, Options.WARMUP, Bound.MISTAKES);
        rows(lines, Options.FAN10, FAN_MEASURES);
        rows(lines, Options.FAN50, FAN_MEASURES);
        rows(lines, Options.IDLE, IDLE_MEASURES);
        rows(lines, Options.VANISH, VANISH_MEASURES);
        return String.join("\n", lines) + "\n";
    }

    /** The bounds that were broken, in words; empty if all that was measured is within its bound. */
    List<String> broken() {
        return bounds.stream().filter(bound -> bound.broken(rounds))
                .map(bound -> bound.scenario() + " " + bound.measure() + " is " + Measures.text(bound.figure(rounds))
                        + ", must be " + bound.words())
                .toList();
    }

    private void rows(List<String> lines, String scenario, List<String> measures) {
        for (String measure : measures) {
            double stock = rounds.median(Bound.BASE, scenario, measure);
            double pado = rounds.median(Bound.JUDGED, scenario, measure);
            if (Double.isNaN(stock) && Double.isNaN(pado)) {
                continue;
            }
            double ratio = rounds.medianRatio(Bound.JUDGED, Bound.BASE, scenario, measure);
            Optional<Bound> bound = bounds.stream()
                    .filter(one -> one.scenario().equals(scenario) && one.measure().equals(measure)).findFirst();
            lines.add(String.join(" | ", "| " + scenario, measure, Measures.text(stock), Measures.text(pado),
                    Measures.text(ratio), bound.map(Bound::words).orElse(""),
                    bound.map(this::verdict).orElse("") + " |"));
        }
    }

    private String verdict(Bound bound) {
        double figure = bound.figure(rounds);
        if (Double.isNaN(figure)) {
            return "not measured";
        }
        return bound.broken(rounds) ? "**no**: " + Measures.text(figure) : "yes";
    }
}
