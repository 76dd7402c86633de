package io.pado.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One promise about Pado: a measure and its limit. {@code base}: the server to whose figure a ratio is taken. */
record Bound(Scenario scenario, String measure, Kind kind, String base, double limit) {
    static final String JUDGED = "pado";
    static final List<String> MISTAKES = List.of("lost", "duplicates", "outOfOrder", "dropped");

    private static final String STOCK = "stock";
    private static final String NCHAN = "nchan";
    /** Without these servers not every bound can be judged. */
    static final List<String> NEEDED = List.of(JUDGED, STOCK, NCHAN);

    /** What is compared: the median of the rounds, as an upper or lower limit; the worst round; the median ratio. */
    enum Kind { MOST, LEAST, WORST, RATIO }

    /** All promises. */
    static List<Bound> all() {
        List<Bound> bounds = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            // What a scenario does not measure breaks no bound.
            MISTAKES.forEach(mistake -> bounds.add(worst(scenario, mistake, 0)));
            bounds.add(worst(scenario, "failed", 0));
        }
        bounds.addAll(List.of(
                most(Scenario.FAN10, "p99Ms", 50),
                most(Scenario.FAN50, "p99Ms", 50),
                ratio(Scenario.FAN10, STOCK, 0.8),
                ratio(Scenario.FAN50, STOCK, 0.8),
                ratio(Scenario.FAN10, NCHAN, 1.2),
                ratio(Scenario.FAN50, NCHAN, 1),
                ratio(Scenario.FAN250, NCHAN, 1),
                ratio(Scenario.WS10, NCHAN, 1.1),
                ratio(Scenario.WS50, NCHAN, 1.1),
                most(Scenario.IDLE, "kibEach", 14),
                worst(Scenario.VANISH, "descriptorsGoneSeconds", 35),
                worst(Scenario.VANISH, "countGoneSeconds", 35),
                least(Scenario.MOST, "deliveriesPerSecond", 250_000),
                most(Scenario.WIDE, "p99Ms", 80),
                most(Scenario.STALLED, "p99Ratio", 1.25),
                most(Scenario.STALLED, "cpuRatio", 1.15),
                least(Scenario.PUBLISH, "eventsPerSecond", 10_000),
                worst(Scenario.PUBLISH, "p99Ms", 1_000),
                least(Scenario.CONNECTS, "openedPerSecond", 3_000),
                least(Scenario.WS_CONNECTS, "openedPerSecond", 3_000)));
        return bounds;
    }

    private static Bound most(Scenario scenario, String measure, double limit) {
        return new Bound(scenario, measure, Kind.MOST, "", limit);
    }

    private static Bound least(Scenario scenario, String measure, double limit) {
        return new Bound(scenario, measure, Kind.LEAST, "", limit);
    }

    private static Bound worst(Scenario scenario, String measure, double limit) {
        return new Bound(scenario, measure, Kind.WORST, "", limit);
    }

    private static Bound ratio(Scenario scenario, String base, double limit) {
        return new Bound(scenario, "cpuUsPerDelivery", Kind.RATIO, base, limit);
    }

    /** Whether it only says that nothing goes wrong. */
    boolean forbidsMistakes() {
        return kind == Kind.WORST && limit == 0;
    }

    /** The figure to judge; NaN if it was not measured. */
    double figure(Rounds rounds) {
        return switch (kind) {
            case MOST, LEAST -> rounds.median(JUDGED, scenario, measure);
            case WORST -> rounds.worst(JUDGED, scenario, measure);
            case RATIO -> rounds.medianRatio(JUDGED, base, scenario, measure);
        };
    }

    /** Whether the figure was measured and is beyond the limit. */
    boolean broken(Rounds rounds) {
        double figure = figure(rounds);
        return kind == Kind.LEAST ? figure < limit : figure > limit;
    }

    /** The limit in words. */
    String words() {
        String limitText = Measures.text(limit);
        return switch (kind) {
            case MOST -> "≤ " + limitText;
            case LEAST -> "≥ " + limitText;
            case WORST -> "≤ " + limitText + " in every round";
            case RATIO -> "≤ " + limitText + " of " + base;
        };
    }

    /** How the figure stands to the limit, in words: kept or not, and how far from it. */
    String verdict(Rounds rounds) {
        double figure = figure(rounds);
        if (Double.isNaN(figure)) {
            return "not measured";
        }
        boolean countable = limit > 0 && Double.isFinite(figure);
        String far = countable ? String.format(Locale.ROOT, ", %+.0f %%", (figure / limit - 1) * 100) : "";
        return (broken(rounds) ? "**no**: " : "yes: ") + Measures.text(figure) + far;
    }
}
