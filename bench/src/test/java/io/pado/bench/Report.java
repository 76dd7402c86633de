package io.pado.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells people about the medians of all rounds, in Markdown, for the terminal and for the results file alike. */
final class Report {
    private static final List<String> SERVERS = List.of(Bound.JUDGED, "nchan", "node", "stock");
    /** In the second table: of each scenario those that it has. */
    private static final List<String> DETAILS = List.of("rate", "lost", "duplicates", "outOfOrder", "dropped",
            "failed", "p50Ms", "p90Ms", "p99Ms", "maxMs", "p99AloneMs", "p99FirstMs", "publishedPerSecond",
            "lagP99Ms", "deliveriesPerSecond", "eventsPerSecond", "openedPerSecond", "handshakeP99Ms",
            "cpuUsPerDelivery", "cpuAloneUsPerDelivery", "cpuFirstUsPerDelivery", "cpuUsEach", "ownCpuUsPerDelivery",
            "ownCpuUsEach", "othersCores", "missedByStalledShare", "endedAtRate", "endedDeliveriesPerSecond",
            "endedLost", "endedDropped", "endedP99Ms", "kibEach", "kibEachWithGarbage", "heapKibEach",
            "descriptorsEach", "descriptorsGoneSeconds", "countGoneSeconds");

    private final Rounds rounds;
    private final List<Bound> bounds = Bound.all();
    private final List<String> servers;

    Report(Rounds rounds) {
        this.rounds = rounds;
        this.servers = SERVERS.stream().filter(rounds::has).toList();
    }

    /** The table of the bounds, then one of all that was measured. */
    String tables() {
        return bounded() + "\n" + details();
    }

    /** The bounds that were broken, in words; empty if all that was measured is within its bound. */
    List<String> broken() {
        return bounds.stream().filter(bound -> bound.broken(rounds))
                .map(bound -> bound.scenario() + " " + bound.measure() + " must be " + bound.words() + ", "
                        + bound.verdict(rounds).replace("**no**: ", "but is "))
                .toList();
    }

    /** A row for each headline, then those of other bounds, then one for all mistakes. */
    private String bounded() {
        List<String> lines = new ArrayList<>();
        lines.add("| scenario | measure | must be | " + String.join(" | ", servers) + " | kept |");
        lines.add("|---|---|---|" + "--:|".repeat(servers.size()) + "---|");
        for (Scenario scenario : Scenario.values()) {
            Stream<String> more = bounds.stream()
                    .filter(bound -> bound.scenario() == scenario && !bound.forbidsMistakes()).map(Bound::measure);
            Stream.concat(scenario.headlines().stream(), more).distinct().filter(measure -> measured(scenario, measure))
                    .forEach(measure -> lines.add(bounded(scenario, measure)));
        }
        lines.add(mistakes());
        return String.join("\n", lines) + "\n";
    }

    private String bounded(Scenario scenario, String measure) {
        List<Bound> its = bounds.stream()
                .filter(bound -> bound.scenario() == scenario && bound.measure().equals(measure)).toList();
        return "| " + scenario + " | " + measure + " | " + join(its.stream().map(Bound::words)) + " | "
                + medians(scenario, measure) + " | " + join(its.stream().map(bound -> bound.verdict(rounds))) + " |";
    }

    private String mistakes() {
        List<Bound> its = bounds.stream().filter(Bound::forbidsMistakes).toList();
        String counts = servers.stream().map(server -> its.stream()
                        .mapToDouble(bound -> rounds.worst(server, bound.scenario(), bound.measure()))
                        .filter(count -> !Double.isNaN(count)).sum())
                .map(Measures::text).collect(Collectors.joining(" | "));
        boolean kept = its.stream().noneMatch(bound -> bound.broken(rounds));
        return "| all, warm-up too | " + String.join(" + ", Bound.MISTAKES) + " + failed, worst rounds | 0 | "
                + counts + " | " + (kept ? "yes" : "**no**") + " |";
    }

    private String details() {
        List<String> lines = new ArrayList<>();
        lines.add("| scenario | measure | " + String.join(" | ", servers) + " |");
        lines.add("|---|---|" + "--:|".repeat(servers.size()));
        for (Scenario scenario : Scenario.values()) {
            DETAILS.stream().filter(measure -> measured(scenario, measure)).forEach(measure -> lines.add(
                    "| " + scenario + " | " + measure + " | " + medians(scenario, measure) + " |"));
        }
        return String.join("\n", lines) + "\n";
    }

    private boolean measured(Scenario scenario, String measure) {
        return servers.stream().anyMatch(server -> !Double.isNaN(rounds.median(server, scenario, measure)));
    }

    private String medians(Scenario scenario, String measure) {
        return servers.stream().map(server -> Measures.text(rounds.median(server, scenario, measure)))
                .collect(Collectors.joining(" | "));
    }

    private static String join(Stream<String> texts) {
        return texts.collect(Collectors.joining("; "));
    }
}
