package io.pado.bench;

import java.util.ArrayList;
import java.util.List;

/** One promise about Pado: a measure that must not exceed a limit. */
record Bound(String scenario, String measure, Kind kind, double limit) {
    static final String JUDGED = "pado";
    static final String BASE = "stock";
    static final List<String> MISTAKES = List.of("lost", "duplicates", "outOfOrder", "dropped");

    /** What is compared with the limit: the median over rounds, the worst round, or the median ratio to the base. */
    enum Kind { MEDIAN, WORST, RATIO }

    /** All promises. */
    static List<Bound> all() {
        List<Bound> bounds = new ArrayList<>();
        for (String fan : List.of(Options.WARMUP, Options.FAN10, Options.FAN50)) {
            for (String mistake : MISTAKES) {
                bounds.add(new Bound(fan, mistake, Kind.WORST, 0));
            }
        }
        for (String fan : List.of(Options.FAN10, Options.FAN50)) {
            bounds.add(new Bound(fan, "p99Ms", Kind.MEDIAN, 50));
            bounds.add(new Bound(fan, "cpuUsPerDelivery", Kind.RATIO, 0.8));
        }
        bounds.add(new Bound(Options.IDLE, "failed", Kind.WORST, 0));
        bounds.add(new Bound(Options.IDLE, "dropped", Kind.WORST, 0));
        bounds.add(new Bound(Options.IDLE, "kibEach", Kind.MEDIAN, 40));
        bounds.add(new Bound(Options.VANISH, "descriptorsGoneSeconds", Kind.WORST, 35));
        bounds.add(new Bound(Options.VANISH, "countGoneSeconds", Kind.WORST, 35));
        return bounds;
    }

    /** The figure to judge; NaN if it was not measured. */
    double figure(Rounds rounds) {
        return switch (kind) {
            case MEDIAN -> rounds.median(JUDGED, scenario, measure);
            case WORST -> rounds.worst(JUDGED, scenario, measure);
            case RATIO -> rounds.medianRatio(JUDGED, BASE, scenario, measure);
        };
    }

    /** Whether the figure was measured and exceeds the limit. */
    boolean broken(Rounds rounds) {
        return figure(rounds) > limit;
    }

    /** The bound in words. */
    String words() {
        String of = switch (kind) {
            case MEDIAN -> "";
            case WORST -> " in every round";
            case RATIO -> " of stock";
        };
        return "≤ " + Measures.text(limit) + of;
    }
}
